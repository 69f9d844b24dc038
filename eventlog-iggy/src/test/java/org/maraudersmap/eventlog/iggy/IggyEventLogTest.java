package org.maraudersmap.eventlog.iggy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.BrokerUnavailableException;
import org.maraudersmap.eventlog.EventEnvelopeFactory;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.InMemoryEventLog;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.TopicEnd;
import org.maraudersmap.eventlog.iggy.IggyStandIn.Fault;

class IggyEventLogTest {
    private static final EventJson JSON = new EventJson();
    private static final List<String> TOPICS = OpenedLogs.TOPICS.keySet().stream().sorted().toList();
    private static final IggyPatience IMPATIENT = new IggyPatience(
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(1_000),
            Duration.ofMillis(5),
            Duration.ofMillis(50),
            Duration.ofMillis(400));
    private static final int SEND = 101;
    private static final int POLL = 100;

    private final IggyStandIn server = new IggyStandIn();
    private final OpenedLogs logs = new OpenedLogs("localhost", server.port());
    private final EventEnvelopeFactory envelopes = new EventEnvelopeFactory(JSON, Clock.systemUTC(), Optional::empty);
    private final InMemoryEventLog database = new InMemoryEventLog();
    private final String stream = OpenedLogs.newStream();

    @AfterEach
    void close() {
        logs.close();
        server.close();
    }

    /** Events of all topics in turn. */
    private List<PositionedEvent> events(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(position -> {
            var event = new NewEvent(
                    TOPICS.get(position % TOPICS.size()), "42", "test.happened", null, Map.of("n", position));
            return PositionedEvent.of(position, event.topic(), event.key(), JSON.write(envelopes.create(event)), JSON);
        }).toList();
    }

    private BrokerEventLog openConnected(EventLog feeding) {
        return logs.openConnected(stream, feeding, IMPATIENT);
    }

    /** A database of the same epoch that has nothing, so that what is read is the broker's. */
    private EventLog withoutEvents() {
        return new EmptyLog(database.head().epoch());
    }

    private static List<PositionedEvent> readAll(EventLog log) {
        var read = new ArrayList<PositionedEvent>();
        for (var page = log.readAfter(0, 500); !page.isEmpty(); page = log
                .readAfter(read.getLast().position(), 500)) {
            read.addAll(page);
        }
        return read;
    }

    private static TopicEnd endOf(BrokerEventLog log, String topic) {
        return Objects.requireNonNull(log.endOfEachTopic().get(topic));
    }

    private static void awaitHead(EventLog log, long position) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> log.head().position() >= position);
    }

    @Test
    void should_publish_event_to_iggy_stream() {
        var event = events(1, 1);
        openConnected(withoutEvents()).publish(event);

        assertThat(server.countOf(stream, event.getFirst().topic())).isEqualTo(1);
        var other = openConnected(withoutEvents());
        awaitHead(other, 1);
        assertThat(readAll(other)).isEqualTo(event);
    }

    @Test
    void should_merge_topics_by_position() {
        var events = events(1, 100);
        var log = openConnected(withoutEvents());
        log.publish(events);

        assertThat(readAll(log)).isEqualTo(events);
        assertThat(TOPICS).allSatisfy(topic -> assertThat(server.countOf(stream, topic)).isEqualTo(25));
        assertThat(log.state().eventsFromDatabase()).isZero();
    }

    @Test
    void should_read_history_from_the_broker() {
        var events = events(1, 5_000);
        logs.openConnected(stream, withoutEvents(), IggyPatience.ofProduction()).publish(events);
        database.publish(events);

        // At its start its head is that of the database, and it holds nothing in memory.
        var log = logs.openConnected(stream, database, IggyPatience.ofProduction());
        assertThat(log.head().position()).isEqualTo(5_000);
        assertThat(readAll(log)).isEqualTo(events);
        assertThat(log.readAfter(1_234, 3)).isEqualTo(events.subList(1_234, 1_237));
        assertThat(log.state().eventsFromDatabase()).isZero();
        assertThat(log.state().eventsFromBroker()).isEqualTo(5_003);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"NONE", "SLOW"}, mode = Mode.EXCLUDE)
    void should_end_every_call_in_time_and_go_on_with_a_new_client(Fault fault) {
        var log = openConnected(withoutEvents());
        log.publish(events(1, 4));
        var failing = new AtomicBoolean(true);
        server.failAs(command -> command == SEND && failing.getAndSet(false) ? fault : Fault.NONE);

        var before = System.nanoTime();
        assertThatThrownBy(() -> log.publish(events(5, 8))).isInstanceOf(BrokerUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));

        var more = events(5, 8);
        await().pollInterval(Duration.ofMillis(10)).ignoreException(BrokerUnavailableException.class).until(() -> {
            log.publish(more);
            return true;
        });
        awaitHead(log, 8);
        assertThat(readAll(log)).extracting(PositionedEvent::position).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void should_connect_to_a_server_that_comes_later() {
        server.stop();
        var log = logs.open(stream, database, IMPATIENT);
        assertThat(log.state().connected()).isFalse();
        assertThatThrownBy(() -> log.publish(events(1, 1))).isInstanceOf(BrokerUnavailableException.class);
        assertThatThrownBy(log::endOfEachTopic).isInstanceOf(BrokerUnavailableException.class);

        server.start();

        await().until(() -> log.state().connected());
        log.publish(events(1, 1));
        assertThat(server.countOf(stream, TOPICS.get(1))).isEqualTo(1);
    }

    @Test
    void should_read_from_the_database_at_once_while_the_server_is_away() {
        server.stop();
        var log = logs.open(stream, database, IggyPatience.ofProduction());
        var events = events(1, 3);

        var before = System.nanoTime();
        database.publish(events);
        awaitHead(log, 3);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(IggyPatience.ofProduction().late());
        assertThat(readAll(log)).isEqualTo(events);
        assertThat(log.state().eventsFromDatabase()).isEqualTo(3);
    }

    @Test
    void should_read_from_the_database_what_the_server_does_not_deliver_in_time() {
        var log = openConnected(database);
        var events = events(1, 6);
        log.publish(events.subList(0, 2));
        var before = System.nanoTime();
        database.publish(events);

        awaitHead(log, 6);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(IMPATIENT.late());
        assertThat(readAll(log)).isEqualTo(events);
        assertThat(log.state().connected()).isTrue();
        assertThat(log.state().eventsFromDatabase()).isEqualTo(4);
    }

    @Test
    void should_not_wait_for_a_silent_server_much_longer_than_for_a_late_event() {
        var log = openConnected(database);
        server.failAs(command -> command == POLL ? Fault.SILENCE : Fault.NONE);
        database.publish(events(1, 3));

        var before = System.nanoTime();
        awaitHead(log, 3);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void should_tell_where_topics_end_after_the_server_lost_messages() {
        var events = events(1, 40);
        database.publish(events);
        var log = openConnected(database);
        log.publish(events);
        assertThat(log.endOfEachTopic()).hasSize(4);
        assertThat(endOf(log, TOPICS.get(0)).position()).isEqualTo(40);
        assertThat(endOf(log, TOPICS.get(0)).eventId()).isEqualTo(events.getLast().event().eventId());

        server.restartWithoutNewest(3);

        await().ignoreException(BrokerUnavailableException.class)
                .until(() -> endOf(log, TOPICS.get(0)).position() == 28);
        server.stop();
        server.loseNewest(1_000);
        server.start();
        await().ignoreException(BrokerUnavailableException.class).until(() -> log.endOfEachTopic().isEmpty());
    }

    @Test
    void should_deliver_in_order_once_when_lost_messages_are_sent_again() {
        var events = events(1, 60);
        var log = openConnected(database);
        var reader = openConnected(withoutEvents());
        log.publish(events.subList(0, 40));
        awaitHead(reader, 40);
        var seen = new ArrayList<>(readAll(reader));

        server.restartWithoutNewest(4);
        await().ignoreException(BrokerUnavailableException.class).until(() -> log.endOfEachTopic().size() == 4);
        log.publish(events.subList(24, 60));
        awaitHead(reader, 60);
        seen.addAll(reader.readAfter(40, 100));

        assertThat(seen).isEqualTo(events);
        assertThat(readAll(openConnectedAndCaughtUp(60))).isEqualTo(events);
    }

    private BrokerEventLog openConnectedAndCaughtUp(long position) {
        var log = openConnected(withoutEvents());
        awaitHead(log, position);
        return log;
    }

    @Test
    void should_pass_over_messages_of_others() {
        var log = openConnected(withoutEvents());
        log.publish(events(1, 8));
        TOPICS.forEach(topic -> IntStream.range(0, 150).forEach(_ -> server.addForeignMessage(stream, topic)));

        assertThat(log.endOfEachTopic().values()).extracting(end -> end.position())
                .containsExactlyInAnyOrder(5L, 6L, 7L, 8L);
        log.publish(events(9, 12));
        assertThat(readAll(log)).extracting(PositionedEvent::position).hasSize(12).isSorted();
    }

    @Test
    void should_keep_lives_of_the_log_apart() {
        openConnected(new EmptyLog("an earlier life")).publish(events(1, 10));
        var log = openConnected(withoutEvents());

        assertThat(log.endOfEachTopic()).isEmpty();
        var events = events(1, 5);
        log.publish(events);
        assertThat(readAll(log)).isEqualTo(events);
    }

    @Test
    void should_start_anew_when_the_database_starts_another_life() {
        var feeding = new EmptyLog("first");
        var log = openConnected(feeding);
        log.publish(events(1, 10));
        assertThat(log.head().position()).isEqualTo(10);

        feeding.startLife("second");
        await().until(() -> log.head().epoch().equals("second"));

        assertThat(log.head().position()).isZero();
        var events = events(1, 3);
        log.publish(events);
        assertThat(readAll(log)).isEqualTo(events);
    }

    @Test
    void should_refuse_a_server_of_another_version() {
        server.pretendVersion("0.9.0");
        var log = logs.open(stream, database, IMPATIENT);

        await().until(() -> log.state().detail().contains("0.9.0"));
        assertThat(log.state().detail()).contains("0.8.0");
        assertThat(log.state().connected()).isFalse();

        server.pretendVersion("0.8.0");
        await().until(() -> log.state().connected());
    }

    @Test
    void should_say_what_is_wrong_with_credentials_and_never_the_password() {
        var settings = new IggySettings(
                "localhost", server.port(), "iggy", "alohomora", stream, OpenedLogs.TOPICS, 10, Duration.ofMillis(50));
        try (var log = IggyEventLogFactory.open(settings, database, JSON, Clock.systemUTC())) {
            await().until(() -> log.state().detail().contains("INVALID_CREDENTIALS"));
            assertThat(log.state().detail()).doesNotContain("alohomora");
            assertThat(settings.toString()).doesNotContain("alohomora");
        }
    }

    @Test
    void should_take_slow_answers() {
        server.answerSlowlyAfter(60);
        server.failAs(_ -> Fault.SLOW);
        var log = openConnected(withoutEvents());
        log.publish(events(1, 8));

        awaitHead(log, 8);
        assertThat(log.state().connected()).isTrue();
    }

    @Test
    void should_refuse_an_event_of_a_topic_that_is_not_set() {
        var log = openConnected(database);
        var event = events(1, 1).getFirst();

        assertThatThrownBy(
                () -> log.publish(List.of(PositionedEvent.of(1, "quidditch-events", "42", event.json(), JSON))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quidditch-events");
    }
}
