package org.maraudersmap.server.backbone;

import java.util.List;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.PositionedEvent;

/**
 * What a consumer does next, as a step: tests step it, {@link ConsumerDriver} drives it. Not thread-safe.
 */
abstract sealed class ConsumerRunner permits TransactionalConsumerRunner, NodeConsumerRunner {

    /** What came of a step. */
    enum Outcome {
        /** Events were read; there may be more. */
        PROGRESSED,
        /** There is nothing new, or another node works. */
        IDLE
    }

    final EventConsumer consumer;
    final EventLog log;
    private final int fullBatch;
    private int batchSize;

    ConsumerRunner(EventConsumer consumer, EventLog log, int batchSize) {
        this.consumer = consumer;
        this.log = log;
        this.fullBatch = batchSize;
        this.batchSize = batchSize;
    }

    /**
     * Reads one batch after the consumer's position, has it handled and moves the position on.
     *
     * @throws RuntimeException
     *             if the consumer fails: nothing counts as handled, and the next steps take one event each,
     *             so that those before the failing one get through
     */
    final Outcome takeNextStepOfConsumer() {
        try {
            var outcome = handleNextBatchAfterPosition(batchSize);
            batchSize = Math.min(fullBatch, batchSize * 2);
            return outcome;
        } catch (RuntimeException failure) {
            batchSize = 1;
            throw failure;
        }
    }

    abstract Outcome handleNextBatchAfterPosition(int limit);

    /** Saves what is not saved yet; called when the consumer stops and every now and then. */
    void savePositionIfMoved() {}

    final void handleWantedEventsOf(List<PositionedEvent> events) {
        var wanted = events.stream().filter(event -> consumer.wantsEventsOfType(event.event().eventType())).toList();
        if (!wanted.isEmpty()) {
            consumer.handleEventsInOrder(wanted);
        }
    }

    final long positionOfFirstStart() {
        return switch (consumer.startOfFirstRun()) {
            case BEGINNING -> 0;
            case HEAD -> log.head().position();
        };
    }
}
