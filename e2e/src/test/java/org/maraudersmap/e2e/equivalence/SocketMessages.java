package org.maraudersmap.e2e.equivalence;

import java.util.Set;
import org.maraudersmap.e2e.socket.SocketEvent;

/** What the messages of a socket that come of the log (they have an offset) do to the screen of its user. */
final class SocketMessages {
    /**
     * Each of them is needed: nothing else tells the same. {@code incident:updated} tells the room what the feed tells
     * too.
     */
    static final Set<String> NEEDED = Set.of(
            "incident:created",
            "incident:changed",
            "incident:resolved",
            "comment:created",
            "comment:deleted",
            "notification:new",
            "notification:read",
            "notification:dismissed");

    /** Applies one; names that nothing is known of stay without effect. */
    void apply(SocketEvent message, Screen screen) {
        var payload = message.payload();
        switch (message.name()) {
            case "incident:created", "incident:updated", "incident:changed", "incident:resolved",
                    "escalation:critical" ->
                screen
                        .showIncident(payload.path("incident"));
            case "comment:created" -> screen.showComment(payload.path("comment"));
            // Ids at the top of a payload are texts.
            case "comment:deleted" -> screen.removeComment(
                    Long.parseLong(payload.path("incidentId").asString()),
                    Long.parseLong(payload.path("commentId").asString()));
            case "notification:new" -> screen.showNotification(payload);
            case "notification:read" -> screen.markRead(LogEvents.notificationIds(payload));
            case "notification:dismissed" -> screen.dismiss(LogEvents.notificationIds(payload));
            default -> {
                // A state, or something newer than this client.
            }
        }
    }
}
