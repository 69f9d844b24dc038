package org.maraudersmap.server.backbone;

import org.maraudersmap.eventlog.EventLog;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Handles a batch and moves the position in one transaction, so that effects in the database happen once. The row of
 * the position is what keeps two nodes from handling at the same time.
 */
final class TransactionalConsumerRunner extends ConsumerRunner {
    private final ConsumerPositions positions;
    private final TransactionTemplate transaction;
    private boolean known;

    TransactionalConsumerRunner(
            EventConsumer consumer,
            EventLog log,
            ConsumerPositions positions,
            TransactionTemplate transaction,
            int batchSize) {
        super(consumer, log, batchSize);
        this.positions = positions;
        this.transaction = transaction;
    }

    @Override
    Outcome handleNextBatchAfterPosition(int limit) {
        if (!known) {
            positions.createPositionIfMissing(consumer.consumerName(), positionOfFirstStart());
            known = true;
        }
        if (isUpToDate()) {
            return Outcome.IDLE;
        }
        return transaction.execute(_ -> {
            var position = positions.lockPositionOfConsumer(consumer.consumerName());
            if (position.isEmpty()) {
                return Outcome.IDLE;
            }
            var events = log.readAfter(position.getAsLong(), limit);
            if (events.isEmpty()) {
                return Outcome.IDLE;
            }
            handleWantedEventsOf(events);
            positions.movePositionOfConsumer(consumer.consumerName(), events.getLast().position());
            consumer.noteProgressUpToPosition(events.getLast().position());
            return Outcome.PROGRESSED;
        });
    }

    /** Locking the position is a write, and most looks find nothing new; so they look without it first. */
    private boolean isUpToDate() {
        return positions.findPositionOfConsumer(consumer.consumerName()).orElse(0) >= log.head().position();
    }
}
