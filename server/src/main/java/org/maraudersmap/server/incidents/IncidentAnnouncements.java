package org.maraudersmap.server.incidents;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.realtime.Announcement;
import org.maraudersmap.server.realtime.Audience;
import org.maraudersmap.server.realtime.EventAnnouncer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How sockets hear of incidents. Everything comes from the event itself, the incident in it unread: so an old event is
 * announced years later as it was, and what a newer version has added passes through.
 */
@Component
final class IncidentAnnouncements implements EventAnnouncer {

    /** {@code incident:created}. */
    record Created(JsonNode incident, @Nullable UserSnapshot createdBy) {}

    /** {@code incident:updated}. */
    record Updated(
            String incidentId,
            JsonNode changes,
            JsonNode previous,
            JsonNode incident,
            @Nullable UserSnapshot updatedBy) {}

    /** {@code incident:changed}. */
    record Changed(JsonNode incident, JsonNode changes) {}

    /** {@code incident:resolved}. */
    record Resolved(
            String incidentId, JsonNode incident, @Nullable UserSnapshot resolvedBy, @Nullable String resolution) {}

    /** {@code escalation:critical}. */
    record Escalated(String incidentId, JsonNode incident, @Nullable UserSnapshot escalatedBy) {}

    @Override
    public Set<String> announcedEventTypes() {
        return Set.of(
                IncidentEvents.CREATED,
                IncidentEvents.UPDATED,
                IncidentEvents.ASSIGNED,
                IncidentEvents.RESOLVED,
                IncidentEvents.ARCHIVED);
    }

    @Override
    public boolean mayActorSeeEvent(Actor actor, PositionedEvent event) {
        return true;
    }

    @Override
    public List<Announcement> announceEventToSockets(PositionedEvent event) {
        return announceEnvelopeToSockets(event.event());
    }

    /** The order is part of every offset that clients keep: new announcements go to the end. */
    List<Announcement> announceEnvelopeToSockets(EventEnvelope event) {
        return switch (event.eventType()) {
            case IncidentEvents.CREATED -> announceReportToEveryone(event);
            case IncidentEvents.UPDATED -> announceEditToViewers(event);
            case IncidentEvents.ASSIGNED -> announceAssignmentToViewers(event);
            case IncidentEvents.RESOLVED -> announceResolutionToEveryone(event);
            case IncidentEvents.ARCHIVED -> announceArchivingToViewers(event);
            default -> List.of();
        };
    }

    private static List<Announcement> announceReportToEveryone(EventEnvelope event) {
        var incident = event.data();
        var announcements = new ArrayList<Announcement>();
        announcements.add(
                new Announcement(
                        new Audience.Everyone(),
                        "incident:created",
                        new Created(incident, event.metadata().actor())));
        if (isUrgent(incident)) {
            announcements.add(escalation(event, incident));
        }
        return announcements;
    }

    private static List<Announcement> announceEditToViewers(EventEnvelope event) {
        var incident = incidentIn(event);
        var previous = event.data().required("previousValues");
        var announcements = announceChangeToViewers(
                event,
                incident,
                event.data().required("updatedFields"),
                previous);
        if (previous.has("severity") && !isUrgent(previous) && isUrgent(incident)) {
            announcements.add(escalation(event, incident));
        }
        return announcements;
    }

    private static List<Announcement> announceAssignmentToViewers(EventEnvelope event) {
        return announceChangeToViewers(
                event,
                incidentIn(event),
                assignee(event.data().required("assignedTo")),
                assignee(event.data().required("previousAssignee")));
    }

    private static List<Announcement> announceResolutionToEveryone(EventEnvelope event) {
        var incident = incidentIn(event);
        var resolution = event.data().path("resolution").asString(null);
        return List.of(
                new Announcement(
                        new Audience.Everyone(),
                        "incident:resolved",
                        new Resolved(idOf(incident), incident, event.metadata().actor(), resolution)));
    }

    private static List<Announcement> announceArchivingToViewers(EventEnvelope event) {
        var incident = incidentIn(event);
        var previous = event.data().required("previousValues");
        var changes = JsonNodeFactory.instance.objectNode();
        previous.propertyNames().forEach(field -> changes.set(field, incident.path(field)));
        return announceChangeToViewers(event, incident, changes, previous);
    }

    /** Those who look at the incident, and those who follow all of them. */
    private static List<Announcement> announceChangeToViewers(
            EventEnvelope event, JsonNode incident, JsonNode changes, JsonNode previous) {
        var announcements = new ArrayList<Announcement>();
        announcements.add(
                new Announcement(
                        IncidentRooms.roomOf(idOf(incident)),
                        "incident:updated",
                        new Updated(idOf(incident), changes, previous, incident, event.metadata().actor())));
        announcements.add(new Announcement(Audience.feed(), "incident:changed", new Changed(incident, changes)));
        return announcements;
    }

    private static Announcement escalation(EventEnvelope event, JsonNode incident) {
        return new Announcement(
                Audience.role(Role.AUROR),
                "escalation:critical",
                new Escalated(idOf(incident), incident, event.metadata().actor()));
    }

    private static JsonNode incidentIn(EventEnvelope event) {
        return event.data().required("incident");
    }

    private static String idOf(JsonNode incident) {
        return incident.required("id").asString();
    }

    private static ObjectNode assignee(JsonNode userId) {
        var field = JsonNodeFactory.instance.objectNode();
        field.set("assigned_to", userId);
        return field;
    }

    private static boolean isUrgent(JsonNode fields) {
        var name = fields.path("severity").asString("");
        for (var severity : Severity.values()) {
            if (severity.name().equals(name)) {
                return severity.isUrgent();
            }
        }
        return false;
    }
}
