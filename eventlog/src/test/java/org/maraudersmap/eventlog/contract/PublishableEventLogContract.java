package org.maraudersmap.eventlog.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventEnvelopeFactory;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.PublishableEventLog;

/** What every {@link PublishableEventLog} must do, beside what every log must. It must be empty at first. */
public abstract class PublishableEventLogContract extends EventLogContract {
    private static final EventJson JSON = new EventJson();

    private final EventEnvelopeFactory envelopes = new EventEnvelopeFactory(
            JSON, Clock.systemUTC(), Optional::empty);
    @SuppressWarnings("NullAway.Init") // by openLog(), before every test
    private PublishableEventLog log;

    /** Called once per test, before anything else. */
    protected abstract PublishableEventLog openEmptyLog();

    @Override
    protected final EventLog openLog() {
        log = openEmptyLog();
        return log;
    }

    @Override
    protected final synchronized void appendEvents(List<NewEvent> events) {
        var position = log.head().position();
        var positioned = new ArrayList<PositionedEvent>();
        for (var event : events) {
            positioned.add(at(++position, event));
        }
        log.publish(positioned);
    }

    @Test
    void should_be_empty_at_first() {
        assertThat(log.head().position()).isZero();
        assertThat(log.readAfter(0, 10)).isEmpty();
    }

    @Test
    void should_publish_in_order() {
        var events = events(1, 6);
        log.publish(events.subList(0, 2));
        log.publish(events.subList(2, 6));

        assertThat(log.readAfter(0, 100)).isEqualTo(events);
        assertThat(log.readAfter(4, 100)).isEqualTo(events.subList(4, 6));
        assertThat(log.head().position()).isEqualTo(6);
    }

    @Test
    void should_take_nothing_for_an_empty_batch() {
        log.publish(List.of());

        assertThat(log.head().position()).isZero();
    }

    @Test
    void should_skip_what_it_holds_already() {
        var events = events(1, 5);
        log.publish(events);
        log.publish(events);
        log.publish(events.subList(1, 3));

        assertThat(log.readAfter(0, 100)).isEqualTo(events);
    }

    @Test
    void should_add_only_what_is_new_in_a_batch_that_overlaps() {
        var events = events(1, 5);
        log.publish(events.subList(0, 3));
        log.publish(events.subList(1, 5));

        assertThat(log.readAfter(0, 100)).isEqualTo(events);
    }

    @Test
    void should_never_change_what_it_holds() {
        var first = events(1, 1);
        log.publish(first);
        log.publish(events(1, 1));

        assertThat(log.readAfter(0, 100)).isEqualTo(first);
    }

    @Test
    void should_refuse_a_hole() {
        log.publish(events(1, 2));

        assertThatThrownBy(() -> log.publish(events(4, 4))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4")
                .hasMessageContaining("3");
        assertThat(log.head().position()).isEqualTo(2);
    }

    @Test
    void should_add_nothing_of_a_batch_with_a_hole() {
        var withHole = new ArrayList<>(events(1, 2));
        withHole.addAll(events(4, 5));

        assertThatThrownBy(() -> log.publish(withHole)).isInstanceOf(IllegalArgumentException.class);
        assertThat(log.head().position()).isZero();
    }

    @Test
    void should_keep_json_verbatim() {
        var json = JSON.write(envelopes.create(event(1))).replace("\"data\":", "\"from\" : \"tomorrow\",  \"data\":");
        log.publish(List.of(PositionedEvent.of(1, TOPIC, "42", json, JSON)));

        assertThat(log.readAfter(0, 1).getFirst().json()).isEqualTo(json);
    }

    @Test
    void should_hold_everything_once_when_publishers_overlap() throws Exception {
        var events = events(1, 200);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var publishing = IntStream.range(0, 4).mapToObj(_ -> threads.submit(() -> {
                for (var from = 0; from < events.size(); from += 10) {
                    log.publish(events.subList(from, from + 10));
                }
            })).toList();
            for (var publisher : publishing) {
                publisher.get();
            }
        }
        assertThat(log.readAfter(0, 1_000)).isEqualTo(events);
    }

    private List<PositionedEvent> events(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(position -> at(position, event(position))).toList();
    }

    private static NewEvent event(int number) {
        return new NewEvent(TOPIC, "42", "incident.created", ACTOR, Map.of("n", number));
    }

    private PositionedEvent at(long position, NewEvent event) {
        return PositionedEvent.of(position, event.topic(), event.key(), JSON.write(envelopes.create(event)), JSON);
    }
}
