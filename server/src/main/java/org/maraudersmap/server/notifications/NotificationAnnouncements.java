package org.maraudersmap.server.notifications;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.realtime.Announcement;
import org.maraudersmap.server.realtime.Audience;
import org.maraudersmap.server.realtime.EventAnnouncer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** All sockets of the owner hear of his notifications, and nobody else does, whatever his role. */
@Component
final class NotificationAnnouncements implements EventAnnouncer {

    /** {@code notification:new}. */
    record Created(JsonNode id, JsonNode type, JsonNode message, JsonNode link, JsonNode createdAt) {}

    @Override
    public Set<String> announcedEventTypes() {
        return NotificationEvents.TYPES;
    }

    @Override
    public boolean mayActorSeeEvent(Actor actor, PositionedEvent event) {
        return event.key().equals(actor.userId().toString());
    }

    @Override
    public List<Announcement> announceEventToSockets(PositionedEvent event) {
        var data = event.event().data();
        return switch (event.event().eventType()) {
            case NotificationEvents.CREATED -> announceToOwner(event, "notification:new", new Created(
                    data.required("notificationId"),
                    data.required("type"),
                    data.required("message"),
                    data.required("link"),
                    data.required("createdAt")));
            case NotificationEvents.READ -> announceToOwner(event, "notification:read", idsIn(data));
            case NotificationEvents.DISMISSED -> announceToOwner(event, "notification:dismissed", idsIn(data));
            default -> List.of();
        };
    }

    private static List<Announcement> announceToOwner(PositionedEvent event, String name, Object payload) {
        return List.of(new Announcement(Audience.user(UUID.fromString(event.key())), name, payload));
    }

    private static JsonNode idsIn(JsonNode data) {
        var field = data.has("notificationId") ? "notificationId" : "notificationIds";
        return JsonNodeFactory.instance.objectNode().set(field, data.required(field));
    }
}
