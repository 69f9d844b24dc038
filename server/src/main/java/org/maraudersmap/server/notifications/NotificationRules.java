package org.maraudersmap.server.notifications;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.maraudersmap.eventlog.EventEnvelope;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Who is notified of an event, and how it is put. Pure, and from the event alone, except for who the AURORs are. Nobody
 * is notified of what he did himself.
 */
@Component
final class NotificationRules {
    private static final String COMMENT_CREATED = "comment.created";
    static final String COMMENT_DELETED = "comment.deleted";
    private static final String INCIDENT_ASSIGNED = "incident.assigned";
    private static final String INCIDENT_CREATED = "incident.created";
    private static final String INCIDENT_UPDATED = "incident.updated";
    /** Events of other types concern nobody in particular. */
    static final Set<String> TYPES = Set.of(
            COMMENT_CREATED, COMMENT_DELETED, INCIDENT_ASSIGNED, INCIDENT_CREATED, INCIDENT_UPDATED);
    private static final Set<String> URGENT = Set.of("CRITICAL", "UNFORGIVABLE");

    /** Whether an incident has become urgent: was reported so, or raised from below. */
    boolean doesEventEscalateIncident(EventEnvelope event) {
        var data = event.data();
        return switch (event.eventType()) {
            case INCIDENT_CREATED -> isUrgent(data);
            case INCIDENT_UPDATED -> {
                var previous = data.path("previousValues");
                yield previous.has("severity") && !isUrgent(previous) && isUrgent(data.path("incident"));
            }
            default -> false;
        };
    }

    List<Notice> planNoticesOfEvent(EventEnvelope event, Collection<UUID> aurors) {
        var notices = switch (event.eventType()) {
            case COMMENT_CREATED -> planMentions(event);
            case INCIDENT_ASSIGNED -> planAssignment(event);
            default -> doesEventEscalateIncident(event) ? planEscalation(event, aurors) : Stream.<Notice>empty();
        };
        return notices.filter(notice -> !notice.userId().equals(event.userId())).toList();
    }

    /** A deleted comment takes the notifications of its mentions along. */
    Optional<Withdrawal> planWithdrawalAfterEvent(EventEnvelope event) {
        return event.eventType().equals(COMMENT_DELETED)
                ? Optional.of(
                        new Withdrawal(
                                linkToComment(event.data()), event.metadata().actor(), event.metadata().traceId()))
                : Optional.empty();
    }

    /** Whether the second event says that the comment which the first one tells of is gone. */
    boolean isCommentOfEventDeleted(EventEnvelope created, EventEnvelope deleted) {
        return created.eventType().equals(COMMENT_CREATED)
                && deleted.eventType().equals(COMMENT_DELETED)
                && created.data().required("commentId").equals(deleted.data().required("commentId"));
    }

    private static Stream<Notice> planMentions(EventEnvelope event) {
        var data = event.data();
        var incident = data.required("incidentId").asString();
        var message = nameOfActor(event) + " mentioned you on #" + incident;
        var link = linkToComment(data);
        return data.path("mentions")
                .valueStream()
                .map(user -> notice(event, UUID.fromString(user.asString()), NotificationType.MENTION, message, link));
    }

    private static Stream<Notice> planAssignment(EventEnvelope event) {
        var assignee = event.data().required("assignedTo");
        if (assignee.isNull()) {
            return Stream.empty();
        }
        var incident = event.data().required("incident");
        var message = nameOfActor(event) + " assigned you " + titleOf(incident) + " (" + severityOf(incident) + ")";
        return Stream.of(
                notice(
                        event,
                        UUID.fromString(assignee.asString()),
                        NotificationType.ASSIGNMENT,
                        message,
                        linkTo(idOf(incident))));
    }

    private static Stream<Notice> planEscalation(EventEnvelope event, Collection<UUID> aurors) {
        var isReport = event.eventType().equals(INCIDENT_CREATED);
        var incident = isReport ? event.data() : event.data().required("incident");
        var message = nameOfActor(event) + (isReport ? " reported " : " raised ") + titleOf(incident)
                + (isReport ? " as " : " to ") + severityOf(incident);
        var link = linkTo(idOf(incident));
        return aurors.stream().map(auror -> notice(event, auror, NotificationType.ESCALATION, message, link));
    }

    private static Notice notice(
            EventEnvelope event, UUID userId, NotificationType type, String message, String link) {
        var cause = event.metadata();
        return new Notice(event.eventId(), userId, type, message, link, cause.actor(), cause.traceId());
    }

    private static String nameOfActor(EventEnvelope event) {
        var actor = event.metadata().actor();
        return actor == null ? "Somebody" : actor.name();
    }

    private static String titleOf(JsonNode incident) {
        return "“" + incident.required("title").asString() + "”";
    }

    private static String severityOf(JsonNode incident) {
        return incident.required("severity").asString();
    }

    private static String idOf(JsonNode incident) {
        return incident.required("id").asString();
    }

    private static String linkTo(String incident) {
        return "/incidents/" + incident;
    }

    private static String linkToComment(JsonNode comment) {
        return linkTo(comment.required("incidentId").asString()) + "#comment-"
                + comment.required("commentId").asString();
    }

    private static boolean isUrgent(JsonNode fields) {
        return URGENT.contains(fields.path("severity").asString(""));
    }
}
