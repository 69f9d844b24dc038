package org.maraudersmap.server.backbone;

import java.util.List;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.PositionedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the position of a consumer of this node in memory and saves it now and then: after a crash it handles a few
 * events again. What such a consumer does is for now, so an event that it cannot handle is not kept for later: after a
 * few attempts it is passed over.
 */
final class NodeConsumerRunner extends ConsumerRunner {
    private static final Logger logger = LoggerFactory.getLogger(NodeConsumerRunner.class);
    private static final long UNKNOWN = -1;
    private static final int MOST_ATTEMPTS = 3;

    private final ConsumerPositions positions;
    private long position = UNKNOWN;
    private long savedPosition = UNKNOWN;
    /** Nothing up to here is handled again, wherever a reset sends the consumer. */
    private long highestHandled;
    private long resets;
    private int attempts;

    NodeConsumerRunner(EventConsumer consumer, EventLog log, ConsumerPositions positions, int batchSize) {
        super(consumer, log, batchSize);
        this.positions = positions;
    }

    @Override
    Outcome handleNextBatchAfterPosition(int limit) {
        if (position == UNKNOWN) {
            var place = positions.findPlaceOfConsumer(consumer.consumerName());
            resets = place.map(ConsumerPositions.Place::resets).orElse(0L);
            position = place.map(ConsumerPositions.Place::position).orElseGet(this::positionOfFirstStart);
            savePositionIfMoved();
            moveOnToPosition(position);
        }
        var events = log.readAfter(position, limit);
        if (events.isEmpty()) {
            return Outcome.IDLE;
        }
        handEventsToConsumer(dropHandledEvents(selectWantedEventsOf(events)));
        moveOnToPosition(events.getLast().position());
        return Outcome.PROGRESSED;
    }

    private List<PositionedEvent> dropHandledEvents(List<PositionedEvent> events) {
        return events.stream().filter(event -> event.position() > highestHandled).toList();
    }

    private void moveOnToPosition(long reached) {
        position = reached;
        attempts = 0;
        if (reached >= highestHandled) {
            highestHandled = reached;
            consumer.noteProgressUpToPosition(reached);
        }
    }

    @Override
    void setEventAsideAfterFailure(PositionedEvent event, RuntimeException failure) {
        attempts++;
        if (attempts < MOST_ATTEMPTS) {
            throw failure;
        }
        logger.error(
                "consumer {} cannot handle {} {} at position {} and passes over it",
                consumer.consumerName(),
                event.event().eventType(),
                event.event().eventId(),
                event.position(),
                failure);
        moveOnToPosition(event.position());
    }

    /** Where the consumer has been reset, by whatever node, it goes on from there. */
    @Override
    void savePositionIfMoved() {
        if (position == UNKNOWN) {
            return;
        }
        var isSaved = position == savedPosition
                ? positions.findPlaceOfConsumer(consumer.consumerName())
                        .filter(place -> place.resets() != resets)
                        .isEmpty()
                : positions.savePositionOfNode(consumer.consumerName(), position, resets);
        if (isSaved) {
            savedPosition = position;
        } else {
            followReset();
        }
    }

    private void followReset() {
        positions.findPlaceOfConsumer(consumer.consumerName()).ifPresent(place -> {
            resets = place.resets();
            position = place.position();
            savedPosition = place.position();
        });
    }
}
