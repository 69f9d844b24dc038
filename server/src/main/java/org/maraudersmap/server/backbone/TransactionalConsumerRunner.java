package org.maraudersmap.server.backbone;

import java.util.List;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.platform.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Handles a batch and moves the position in one transaction, so that effects in the database happen once. The row of
 * the position is what keeps two nodes from handling at the same time, and parked events from being passed by others of
 * their key: whoever handles, parks or takes out holds its lock.
 */
final class TransactionalConsumerRunner extends ConsumerRunner {
    private static final Logger logger = LoggerFactory.getLogger(TransactionalConsumerRunner.class);

    private final String name;
    private final ConsumerPositions positions;
    private final DeadLetters letters;
    private final TransactionTemplate transaction;
    private boolean known;

    TransactionalConsumerRunner(
            EventConsumer consumer,
            EventLog log,
            ConsumerPositions positions,
            DeadLetters letters,
            TransactionTemplate transaction,
            int batchSize) {
        super(consumer, log, batchSize);
        this.name = consumer.consumerName();
        this.positions = positions;
        this.letters = letters;
        this.transaction = transaction;
    }

    /** A parked event that is due and a batch of new ones take turns: neither waits for the other. */
    @Override
    Outcome handleNextBatchAfterPosition(int limit) {
        if (!known) {
            positions.createPositionIfMissing(name, positionOfFirstStart());
            known = true;
        }
        var retried = retryLetterThatIsDue();
        if (isUpToDate()) {
            return retried;
        }
        var read = transaction.execute(_ -> handleNewEvents(limit));
        return read == Outcome.PROGRESSED ? read : retried;
    }

    /** Locking the position is a write, and most looks find nothing new; so they look without it first. */
    private boolean isUpToDate() {
        return positions.findPlaceOfConsumer(name)
                .map(ConsumerPositions.Place::position)
                .orElse(0L) >= log.head().position();
    }

    private Outcome handleNewEvents(int limit) {
        var place = positions.lockPlaceUnlessTaken(name);
        if (place.isEmpty()) {
            return Outcome.IDLE;
        }
        var position = place.get().position();
        var events = log.readAfter(position, limit);
        if (events.isEmpty()) {
            return Outcome.IDLE;
        }
        var wanted = dropHandledEvents(selectWantedEventsOf(events), place.get());
        if (!wanted.isEmpty()) {
            var behindParked = letters.findEventsBehindParkedOnes(name, wanted);
            letters.parkEventsBehindEarlierOnes(
                    name, wanted.stream().filter(event -> behindParked.contains(event.position())).toList());
            handEventsToConsumer(
                    wanted.stream().filter(event -> !behindParked.contains(event.position())).toList());
        }
        positions.movePositionOverEvents(name, position, events.getLast().position());
        consumer.noteProgressUpToPosition(events.getLast().position());
        return Outcome.PROGRESSED;
    }

    private List<PositionedEvent> dropHandledEvents(List<PositionedEvent> events, ConsumerPositions.Place place) {
        if (place.position() >= place.highestHandled()) {
            return events;
        }
        var handled = positions.findHandledPositionsAmong(
                name, events.stream().map(PositionedEvent::position).toList());
        return events.stream().filter(event -> !handled.contains(event.position())).toList();
    }

    @Override
    void setEventAsideAfterFailure(PositionedEvent event, RuntimeException failure) {
        transaction.executeWithoutResult(_ -> {
            var before = event.position() - 1;
            var isStillNext = positions.lockPlaceUnlessTaken(name).filter(place -> place.position() == before);
            if (isStillNext.isPresent()) {
                letters.parkEventAfterFailure(name, event, failure);
                positions.movePositionOverEvents(name, before, event.position());
                logger.error(
                        "consumer {} cannot handle {} {} at position {}; it is parked with what follows for {} {}",
                        name,
                        event.event().eventType(),
                        event.event().eventId(),
                        event.position(),
                        event.topic(),
                        event.key(),
                        failure);
            }
        });
    }

    /** Its effects and its way out of parking are one transaction, so they happen once as well. */
    private Outcome retryLetterThatIsDue() {
        var due = letters.findLetterDueForRetry(name);
        if (due.isEmpty()) {
            return Outcome.IDLE;
        }
        var letter = due.get();
        try (var _ = Trace.enter(letter.event().event().metadata().traceId())) {
            return retryLetter(letter);
        }
    }

    private Outcome retryLetter(DeadLetter letter) {
        try {
            return transaction.execute(_ -> {
                if (positions.lockPlaceUnlessTaken(name).isEmpty() || !letters.takeLetterOutOfParking(letter)) {
                    return Outcome.IDLE;
                }
                consumer.handleEventsInOrder(List.of(letter.event()));
                return Outcome.PROGRESSED;
            });
        } catch (RuntimeException failure) {
            if (DependencyFailures.isFailureOfDependency(failure)) {
                throw failure;
            }
            letters.noteFailedAttemptOfLetter(letter, failure);
            logger.warn(
                    "consumer {} failed again on the parked event at position {}: {}",
                    name,
                    letter.event().position(),
                    failure.toString());
            return Outcome.PROGRESSED;
        }
    }
}
