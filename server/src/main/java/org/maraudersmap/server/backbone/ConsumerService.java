package org.maraudersmap.server.backbone;

import java.util.List;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.platform.PageRequest;
import org.maraudersmap.server.platform.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What an ADMIN sees of the consumers and does with them. */
@Service
class ConsumerService {
    private static final Logger logger = LoggerFactory.getLogger(ConsumerService.class);

    private final BacklogReader backlog;
    private final ConsumerPositions positions;
    private final DeadLetters letters;
    private final EventLog log;
    private final ObjectProvider<Projection> projections;

    ConsumerService(
            BacklogReader backlog,
            ConsumerPositions positions,
            DeadLetters letters,
            EventLog log,
            ObjectProvider<Projection> projections) {
        this.backlog = backlog;
        this.positions = positions;
        this.letters = letters;
        this.log = log;
        this.projections = projections;
    }

    List<ConsumerStanding> listStandingOfConsumers() {
        return backlog.readStandingOfConsumers();
    }

    /**
     * Sends a consumer to another position of the log. A projection is emptied and built up from the beginning, since
     * half of one would be wrong; any other consumer drops what it has handled, and what it has parked stays parked.
     * Takes its turn after the batch that is being handled.
     */
    @Transactional
    ConsumerStanding resetConsumerToPosition(String consumer, long position) {
        var head = log.head().position();
        if (position < 0 || position > head) {
            throw Problem.invalidField("position", "must be from 0 to " + head + ", the newest position");
        }
        if (positions.lockPlaceWhenFree(consumer).isEmpty()) {
            throw unknown(consumer);
        }
        projections.stream()
                .filter(projection -> projection.consumerName().equals(consumer))
                .findFirst()
                .ifPresentOrElse(this::rebuild, () -> positions.resetPositionOfConsumer(consumer, position));
        var standing = backlog.readStandingOfConsumers()
                .stream()
                .filter(each -> each.id().equals(consumer))
                .findFirst()
                .orElseThrow(() -> unknown(consumer));
        logger.info("consumer {} is reset to position {}", consumer, standing.position());
        return standing;
    }

    private void rebuild(Projection projection) {
        projection.emptyProjectionForRebuild();
        letters.forgetLettersOfConsumer(projection.consumerName());
        positions.restartConsumerFromBeginning(projection.consumerName());
    }

    PageRequest.Page<DeadLetter> listDeadLettersOldestFirst(PageRequest request) {
        var read = letters.listLettersBehindCursor(request.lastSeen().orElse(0L), request.rowsToRead());
        return request.cut(read, DeadLetter::id);
    }

    DeadLetter redriveKeyOfLetter(long id) {
        var first = letters.redriveKeyOfLetter(id).orElseThrow(() -> Problem.notFound("dead letter", id));
        logger.info(
                "consumer {} tries {} {} again from position {}",
                first.consumer(),
                first.event().topic(),
                first.event().key(),
                first.event().position());
        return first;
    }

    private static Problem unknown(String consumer) {
        return Problem.notFound("consumer", consumer);
    }
}
