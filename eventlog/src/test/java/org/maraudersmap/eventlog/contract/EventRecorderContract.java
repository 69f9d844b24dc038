package org.maraudersmap.eventlog.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.EventRecorder;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.UserSnapshot;

/** What every {@link EventRecorder} must do: events exist if and only if their transaction commits. */
public abstract class EventRecorderContract {
    private static final String TOPIC = "incident-events";
    private static final UserSnapshot ACTOR = EventLogContract.ACTOR;

    private final String key = UUID.randomUUID().toString();

    /** The recorder under test; always the same within one test. */
    protected abstract EventRecorder recorder();

    /** Runs work in a transaction that commits, or that is rolled back if the work throws; then throws the same. */
    protected abstract void runInTransaction(Runnable work);

    /** What is recorded under a key, in its order, as seen from outside of any transaction. */
    protected abstract List<EventEnvelope> recordedEvents(String topic, String key);

    @Test
    void should_record_when_the_transaction_commits() {
        runInTransaction(() -> recorder().record(event(1)));

        assertThat(numbers()).containsExactly(1);
    }

    @Test
    void should_record_nothing_when_the_transaction_is_rolled_back() {
        assertThatThrownBy(() -> runInTransaction(() -> {
            recorder().record(event(1));
            recorder().record(List.of(event(2), event(3)));
            throw new ChangeOfMindException();
        })).isInstanceOf(ChangeOfMindException.class);

        assertThat(numbers()).isEmpty();
    }

    @Test
    void should_show_nothing_before_the_commit() throws Exception {
        var recorded = new CountDownLatch(1);
        var looked = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = threads.submit(() -> runInTransaction(() -> {
                recorder().record(event(1));
                recorded.countDown();
                awaitLatch(looked);
            }));
            awaitLatch(recorded);
            assertThat(numbers()).isEmpty();
            looked.countDown();
            writing.get();
        }
        assertThat(numbers()).containsExactly(1);
    }

    @Test
    void should_keep_the_order_given() {
        runInTransaction(() -> recorder().record(IntStream.rangeClosed(1, 20).mapToObj(this::event).toList()));

        assertThat(numbers()).containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void should_keep_the_order_of_calls_and_transactions() {
        runInTransaction(() -> {
            recorder().record(event(1));
            recorder().record(List.of(event(2), event(3)));
            recorder().record(event(4));
        });
        runInTransaction(() -> recorder().record(event(5)));

        assertThat(numbers()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void should_record_nothing_for_an_empty_list() {
        runInTransaction(() -> recorder().record(List.of()));

        assertThat(numbers()).isEmpty();
    }

    @Test
    void should_refuse_to_record_outside_of_a_transaction() {
        assertThatThrownBy(() -> recorder().record(event(1))).isInstanceOf(IllegalStateException.class);

        assertThat(numbers()).isEmpty();
    }

    @Test
    void should_complete_the_envelope() {
        runInTransaction(() -> recorder().record(event(1)));

        var envelope = recordedEvents(TOPIC, key).getFirst();
        assertThat(envelope.eventType()).isEqualTo("incident.created");
        assertThat(envelope.source()).isEqualTo(EventEnvelope.SOURCE);
        assertThat(envelope.userId()).isEqualTo(ACTOR.id());
        assertThat(envelope.metadata().actor()).isEqualTo(ACTOR);
        assertThat(envelope.metadata().version()).isEqualTo(EventEnvelope.SCHEMA_VERSION);
    }

    @Test
    void should_record_what_nobody_signed_in_did() {
        runInTransaction(() -> recorder().record(event(1, null)));

        var envelope = recordedEvents(TOPIC, key).getFirst();
        assertThat(envelope.userId()).isNull();
        assertThat(envelope.metadata().actor()).isNull();
    }

    @Test
    void should_give_every_event_an_id_of_its_own() {
        runInTransaction(() -> recorder().record(List.of(event(1), event(1), event(1))));

        assertThat(recordedEvents(TOPIC, key)).hasSize(3).extracting(EventEnvelope::eventId).doesNotHaveDuplicates();
    }

    private List<Integer> numbers() {
        return recordedEvents(TOPIC, key).stream().map(envelope -> envelope.data().path("n").asInt()).toList();
    }

    private NewEvent event(int number) {
        return event(number, ACTOR);
    }

    private NewEvent event(int number, @Nullable UserSnapshot actor) {
        return new NewEvent(TOPIC, key, "incident.created", actor, Map.of("n", number));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static final class ChangeOfMindException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
