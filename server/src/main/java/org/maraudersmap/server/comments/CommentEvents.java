package org.maraudersmap.server.comments;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.incidents.IncidentRef;
import org.springframework.stereotype.Component;

/** The facts about comments. They are facts about the incident, in one order with its other ones. */
@Component
final class CommentEvents {
    static final String CREATED = "comment.created";
    static final String DELETED = "comment.deleted";
    static final Set<String> TYPES = Set.of(CREATED, DELETED);

    /**
     * Data of {@link #CREATED}.
     *
     * @param mentions
     *            ids of those who are mentioned, each once: whoever notifies them looks nobody up
     */
    record Created(
            long commentId,
            long incidentId,
            String content,
            UserSnapshot author,
            Instant createdAt,
            List<UUID> mentions) {}

    /** Data of {@link #DELETED}. */
    record Deleted(long commentId, long incidentId) {}

    NewEvent describePostOfComment(IncidentRef incident, Comment comment, List<UUID> mentions) {
        return incident.event(CREATED, comment.author(), new Created(
                comment.id(), incident.id(), comment.content(), comment.author(), comment.createdAt(), mentions));
    }

    NewEvent describeDeletionOfComment(IncidentRef incident, long commentId, UserSnapshot actor) {
        return incident.event(DELETED, actor, new Deleted(commentId, incident.id()));
    }
}
