package org.maraudersmap.server.backbone;

import java.util.List;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.platform.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a consumer does next, as a step: tests step it, {@link ConsumerDriver} drives it. Not thread-safe.
 */
abstract sealed class ConsumerRunner permits TransactionalConsumerRunner, NodeConsumerRunner {
    private static final Logger logger = LoggerFactory.getLogger(ConsumerRunner.class);

    /** What came of a step. */
    enum Outcome {
        /** Something was done; there may be more. */
        PROGRESSED,
        /** There is nothing new, or another node works. */
        IDLE
    }

    final EventConsumer consumer;
    final EventLog log;
    private final int fullBatch;
    private int batchSize;
    /** What the consumer was given in the step that is under way: whatever fails then may be its fault. */
    private List<PositionedEvent> inHand = List.of();

    ConsumerRunner(EventConsumer consumer, EventLog log, int batchSize) {
        this.consumer = consumer;
        this.log = log;
        this.fullBatch = batchSize;
        this.batchSize = batchSize;
    }

    /**
     * Reads one batch after the consumer's position, has it handled and moves the position on. If the consumer fails,
     * nothing of the batch counts as handled, and the next steps take one event each, so that those before the failing
     * one get through; that one is set aside.
     *
     * @throws RuntimeException
     *             if it is no event's fault: the consumer should pause and then try the same again
     */
    final Outcome takeNextStepOfConsumer() {
        inHand = List.of();
        try {
            var outcome = handleNextBatchAfterPosition(batchSize);
            batchSize = Math.min(fullBatch, batchSize * 2);
            return outcome;
        } catch (StackOverflowError | LinkageError failure) {
            return setAsideAfterFailure(new IllegalStateException(failure));
        } catch (RuntimeException failure) {
            return setAsideAfterFailure(failure);
        }
    }

    private Outcome setAsideAfterFailure(RuntimeException failure) {
        if (inHand.isEmpty() || DependencyFailures.isFailureOfDependency(failure)) {
            throw failure;
        }
        if (batchSize > 1) {
            batchSize = 1;
        } else {
            try (var _ = Trace.enter(inHand.getFirst().event().metadata().traceId())) {
                setEventAsideAfterFailure(inHand.getFirst(), failure);
            }
        }
        return Outcome.PROGRESSED;
    }

    abstract Outcome handleNextBatchAfterPosition(int limit);

    /** Moves on over the event at the next position, which the consumer cannot handle. */
    abstract void setEventAsideAfterFailure(PositionedEvent event, RuntimeException failure);

    /** Saves what is not saved yet; called when the consumer stops and every now and then. */
    void savePositionIfMoved() {}

    final List<PositionedEvent> selectWantedEventsOf(List<PositionedEvent> events) {
        return events.stream().filter(event -> consumer.wantsEventsOfType(event.event().eventType())).toList();
    }

    final void handEventsToConsumer(List<PositionedEvent> events) {
        if (!events.isEmpty()) {
            inHand = events;
            if (logger.isDebugEnabled()) {
                events.forEach(this::tellOfHandling);
            }
            consumer.handleEventsInOrder(events);
        }
    }

    private void tellOfHandling(PositionedEvent event) {
        try (var _ = Trace.enter(event.event().metadata().traceId())) {
            logger.debug(
                    "consumer {} handles {} {} at position {}",
                    consumer.consumerName(),
                    event.event().eventType(),
                    event.event().eventId(),
                    event.position());
        }
    }

    final long positionOfFirstStart() {
        return switch (consumer.startOfFirstRun()) {
            case BEGINNING -> 0;
            case HEAD -> log.head().position();
        };
    }
}
