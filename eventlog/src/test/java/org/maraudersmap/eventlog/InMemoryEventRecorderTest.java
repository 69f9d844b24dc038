package org.maraudersmap.eventlog;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.contract.EventRecorderContract;

/** Proves that the suite can be met, by the smallest recorder that there can be. */
final class InMemoryEventRecorderTest extends EventRecorderContract {
    private final SmallestEventRecorder recorder = new SmallestEventRecorder();

    @Override
    protected EventRecorder recorder() {
        return recorder;
    }

    @Override
    protected void runInTransaction(Runnable work) {
        recorder.runInTransaction(work);
    }

    @Override
    protected List<EventEnvelope> recordedEvents(String topic, String key) {
        return recorder.log.readAfter(0, Integer.MAX_VALUE)
                .stream()
                .filter(event -> event.topic().equals(topic) && event.key().equals(key))
                .map(PositionedEvent::event)
                .toList();
    }

    /** Holds back what a thread records until its transaction commits; then the log has it. */
    private static final class SmallestEventRecorder implements EventRecorder {
        private static final ThreadLocal<@Nullable List<NewEvent>> uncommitted = new ThreadLocal<>();

        private final EventJson json = new EventJson();
        private final EventEnvelopeFactory envelopes = new EventEnvelopeFactory(
                json, Clock.systemUTC(), Optional::empty);
        private final InMemoryEventLog log = new InMemoryEventLog();

        void runInTransaction(Runnable work) {
            var events = new ArrayList<NewEvent>();
            uncommitted.set(events);
            try {
                work.run();
            } finally {
                uncommitted.remove();
            }
            commit(events);
        }

        private synchronized void commit(List<NewEvent> events) {
            for (var event : events) {
                var text = json.write(envelopes.create(event));
                var position = log.head().position() + 1;
                log.publish(List.of(PositionedEvent.of(position, event.topic(), event.key(), text, json)));
            }
        }

        @Override
        public void record(List<NewEvent> events) {
            var transaction = uncommitted.get();
            if (transaction == null) {
                throw new IllegalStateException("no transaction");
            }
            transaction.addAll(events);
        }
    }
}
