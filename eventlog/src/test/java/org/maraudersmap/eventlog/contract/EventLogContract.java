package org.maraudersmap.eventlog.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.UserSnapshot;

/**
 * What every {@link EventLog} must do. The log need not be empty, and others may write to it at the same time: every
 * test uses a key of its own.
 */
public abstract class EventLogContract {
    /** How long a log may take to show what was appended. */
    protected static final Duration PATIENCE = Duration.ofSeconds(10);
    /** The topic of the events that the suite appends. */
    protected static final String TOPIC = "incident-events";
    /** Whoever did what the suite records. */
    protected static final UserSnapshot ACTOR = UserSnapshot.of(
            UUID.fromString("123e4567-e89b-42d3-a456-426614174000"),
            "hermione.granger@hogwarts.edu",
            "hermione.granger",
            "Hermione",
            "Granger",
            "PREFECT");

    private final String key = UUID.randomUUID().toString();
    private EventLog log;
    private long start;

    /** Called once per test, before anything else. */
    protected abstract EventLog openLog();

    /**
     * Brings events into the log that {@link #openLog} opened, in the order given, and returns when they are sure to
     * get
     * there: the log may show them a moment later. Called from several threads at once.
     */
    protected abstract void appendEvents(List<NewEvent> events);

    @BeforeEach
    final void openLogForTest() {
        log = openLog();
        start = log.head().position();
    }

    @Test
    void should_read_events_in_the_order_in_which_they_came() {
        append(1, 5);
        append(6, 10);

        assertThat(numbersOf(awaitOwnEvents(10))).containsExactlyElementsOf(numbers(1, 10));
    }

    @Test
    void should_give_positions_without_a_hole() {
        append(1, 25);
        awaitOwnEvents(25);

        var head = log.head().position();
        var positions = readAll(0).stream().map(PositionedEvent::position).filter(position -> position <= head);
        assertThat(positions).containsExactlyElementsOf(LongStream.rangeClosed(1, head).boxed().toList());
    }

    @Test
    void should_read_in_pages_of_the_limit() {
        append(1, 7);
        var last = awaitOwnEvents(7).getLast().position();

        var read = new ArrayList<PositionedEvent>();
        for (var position = start; position < last; position = read.getLast().position()) {
            var page = log.readAfter(position, 3);
            assertThat(page).isNotEmpty().hasSizeLessThanOrEqualTo(3);
            assertThat(page.getFirst().position()).isEqualTo(position + 1);
            read.addAll(page);
        }
        assertThat(numbersOf(own(read))).containsExactlyElementsOf(numbers(1, 7));
    }

    @Test
    void should_read_nothing_beyond_the_end() {
        append(1, 1);
        awaitOwnEvents(1);

        assertThat(log.readAfter(log.head().position() + 1_000_000, 10)).isEmpty();
        assertThat(log.readAfter(Long.MAX_VALUE, Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void should_read_everything_with_the_largest_limit() {
        append(1, 3);
        var first = awaitOwnEvents(3).getFirst().position();

        assertThat(numbersOf(own(log.readAfter(start, Integer.MAX_VALUE)))).containsExactlyElementsOf(numbers(1, 3));
        assertThat(numbersOf(own(log.readAfter(first, Integer.MAX_VALUE)))).containsExactlyElementsOf(numbers(2, 3));
    }

    @Test
    void should_carry_topic_key_and_envelope() {
        appendEvents(
                List.of(new NewEvent(TOPIC, key, "incident.created", ACTOR, Map.of("n", 1, "title", "Trøll \"☠\""))));

        var read = awaitOwnEvents(1).getFirst();
        assertThat(read.topic()).isEqualTo(TOPIC);
        assertThat(read.key()).isEqualTo(key);
        assertThat(read.event().eventType()).isEqualTo("incident.created");
        assertThat(read.event().userId()).isEqualTo(ACTOR.id());
        assertThat(read.event().metadata().actor()).isEqualTo(ACTOR);
        assertThat(read.event().data().path("title").asString()).isEqualTo("Trøll \"☠\"");
        assertThat(new EventJson().read(read.json())).isEqualTo(read.event());
    }

    @Test
    void should_say_the_same_on_every_reading() {
        append(1, 10);

        assertThat(awaitOwnEvents(10)).isEqualTo(awaitOwnEvents(10));
    }

    @Test
    void should_give_every_event_an_id_of_its_own() {
        append(1, 50);

        assertThat(awaitOwnEvents(50)).extracting(read -> read.event().eventId()).doesNotHaveDuplicates();
    }

    @Test
    void should_move_its_head_and_keep_its_epoch() {
        var before = log.head();
        append(1, 4);
        var last = awaitOwnEvents(4).getLast().position();

        await().atMost(PATIENCE).until(() -> log.head().position() >= last);
        assertThat(log.head().position()).isGreaterThanOrEqualTo(before.position() + 4);
        assertThat(log.head().epoch()).isNotBlank().isEqualTo(before.epoch());
    }

    @Test
    void should_be_readable_up_to_its_head() {
        for (var n = 1; n <= 20; n++) {
            append(n, n);
            var head = log.head().position();
            if (head > 0) {
                assertThat(log.readAfter(head - 1, 1)).extracting(PositionedEvent::position).containsExactly(head);
            }
        }
    }

    @Test
    void should_wake_every_reader_when_it_grows() {
        var first = new AtomicInteger();
        var second = new AtomicInteger();
        try (var _ = log.onAppend(first::incrementAndGet); var _ = log.onAppend(second::incrementAndGet)) {
            append(1, 1);
            awaitOwnEvents(1);
            await().atMost(PATIENCE).until(() -> first.get() > 0 && second.get() > 0);
        }
    }

    @Test
    void should_wake_no_one_who_left_and_all_who_stayed() {
        var wakeUps = new AtomicInteger();
        Runnable reader = wakeUps::incrementAndGet;
        var left = log.onAppend(reader);
        try (var _ = log.onAppend(reader)) {
            left.close();
            left.close();
            append(1, 1);
            awaitOwnEvents(1);
            await().atMost(PATIENCE).until(() -> wakeUps.get() > 0);
        }
        var counted = wakeUps.get();
        append(2, 2);
        awaitOwnEvents(2);
        // One may still have been under way when the subscription ended.
        assertThat(wakeUps.get()).isLessThanOrEqualTo(counted + 1);
    }

    @Test
    void should_give_every_reader_everything_once_while_it_grows() throws Exception {
        var writers = 4;
        var perWriter = 50;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reading = IntStream.range(0, 3)
                    .mapToObj(_ -> threads.submit((Callable<List<PositionedEvent>>) () -> follow(writers * perWriter)))
                    .toList();
            var writing = IntStream.range(0, writers).mapToObj(writer -> threads.submit(() -> {
                for (var n = 0; n < perWriter; n++) {
                    append(writer * perWriter + n, writer * perWriter + n);
                }
            })).toList();
            for (var writer : writing) {
                writer.get(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS);
            }
            var first = within(reading.getFirst());
            assertThat(numbersOf(first)).containsExactlyInAnyOrderElementsOf(numbers(0, writers * perWriter - 1));
            for (var reader : reading) {
                assertThat(within(reader)).isEqualTo(first);
            }
        }
    }

    private static <T> T within(java.util.concurrent.Future<T> reader)
            throws InterruptedException, ExecutionException, TimeoutException {
        return reader.get(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS);
    }

    /** Reads on like a consumer, page by page, until it has so many events of this test. */
    private List<PositionedEvent> follow(int expected) throws InterruptedException {
        var read = new ArrayList<PositionedEvent>();
        var position = start;
        while (read.size() < expected) {
            var page = log.readAfter(position, 7);
            for (var event : page) {
                assertThat(event.position()).isEqualTo(position + 1);
                position = event.position();
            }
            read.addAll(own(page));
            if (page.isEmpty()) {
                Thread.sleep(1);
            }
        }
        return read;
    }

    /** Appends events of this test that are told apart by a number. */
    private void append(int from, int to) {
        appendEvents(
                IntStream.rangeClosed(from, to)
                        .mapToObj(n -> new NewEvent(TOPIC, key, "incident.created", ACTOR, Map.of("n", n)))
                        .toList());
    }

    /** The events of this test, as soon as the log shows so many. */
    private List<PositionedEvent> awaitOwnEvents(int count) {
        return await().pollInterval(Duration.ofMillis(2))
                .atMost(PATIENCE)
                .until(() -> own(readAll(start)), own -> own.size() >= count);
    }

    private List<PositionedEvent> readAll(long after) {
        var read = new ArrayList<PositionedEvent>();
        for (var position = after;;) {
            var page = log.readAfter(position, 500);
            if (page.isEmpty()) {
                return read;
            }
            read.addAll(page);
            position = page.getLast().position();
        }
    }

    private List<PositionedEvent> own(List<PositionedEvent> events) {
        return events.stream().filter(event -> event.key().equals(key)).toList();
    }

    private static List<Integer> numbersOf(List<PositionedEvent> events) {
        return events.stream().map(event -> event.event().data().path("n").asInt()).toList();
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }
}
