package org.maraudersmap.server.backbone;

import org.maraudersmap.eventlog.EventLog;

/**
 * Keeps the position of a consumer of this node in memory and saves it now and then: after a crash it handles a few
 * events again.
 */
final class NodeConsumerRunner extends ConsumerRunner {
    private static final long UNKNOWN = -1;

    private final ConsumerPositions positions;
    private long position = UNKNOWN;
    private long savedPosition = UNKNOWN;

    NodeConsumerRunner(EventConsumer consumer, EventLog log, ConsumerPositions positions, int batchSize) {
        super(consumer, log, batchSize);
        this.positions = positions;
    }

    @Override
    Outcome handleNextBatchAfterPosition(int limit) {
        if (position == UNKNOWN) {
            position = positions.findPositionOfConsumer(consumer.consumerName()).orElseGet(this::positionOfFirstStart);
            savePositionIfMoved();
            consumer.noteProgressUpToPosition(position);
        }
        var events = log.readAfter(position, limit);
        if (events.isEmpty()) {
            return Outcome.IDLE;
        }
        handleWantedEventsOf(events);
        position = events.getLast().position();
        consumer.noteProgressUpToPosition(position);
        return Outcome.PROGRESSED;
    }

    @Override
    void savePositionIfMoved() {
        if (position != savedPosition && position != UNKNOWN) {
            positions.savePositionOfNode(consumer.consumerName(), position);
            savedPosition = position;
        }
    }
}
