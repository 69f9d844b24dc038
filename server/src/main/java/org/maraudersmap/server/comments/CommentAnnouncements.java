package org.maraudersmap.server.comments;

import java.util.List;
import java.util.Set;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.incidents.IncidentRef;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.realtime.Announcement;
import org.maraudersmap.server.realtime.EventAnnouncer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** How those who look at an incident hear of its comments: from the event alone, so an old one as it was. */
@Component
final class CommentAnnouncements implements EventAnnouncer {

    /** {@code comment:created}. */
    record Created(CommentView comment, String incidentId, JsonNode author) {}

    /** A comment as REST shows it. */
    record CommentView(long id, long incidentId, JsonNode content, JsonNode author, JsonNode createdAt) {}

    /** {@code comment:deleted}. */
    record Deleted(String commentId, String incidentId) {}

    @Override
    public Set<String> announcedEventTypes() {
        return CommentEvents.TYPES;
    }

    @Override
    public boolean mayActorSeeEvent(Actor actor, PositionedEvent event) {
        return true;
    }

    @Override
    public List<Announcement> announceEventToSockets(PositionedEvent event) {
        var data = event.event().data();
        var incident = new IncidentRef(data.required("incidentId").asLong());
        var commentId = data.required("commentId").asLong();
        return switch (event.event().eventType()) {
            case CommentEvents.CREATED -> announceCommentToViewers(incident, commentId, data);
            case CommentEvents.DELETED -> List.of(
                    new Announcement(
                            incident.room(),
                            "comment:deleted",
                            new Deleted(String.valueOf(commentId), String.valueOf(incident.id()))));
            default -> List.of();
        };
    }

    private static List<Announcement> announceCommentToViewers(IncidentRef incident, long commentId, JsonNode data) {
        var author = data.required("author");
        var comment = new CommentView(
                commentId, incident.id(), data.required("content"), author, data.required("createdAt"));
        return List.of(
                new Announcement(
                        incident.room(),
                        "comment:created",
                        new Created(comment, String.valueOf(incident.id()), author)));
    }
}
