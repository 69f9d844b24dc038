package org.maraudersmap.e2e.equivalence;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.maraudersmap.e2e.harness.EventLogReader.Entry;
import org.maraudersmap.e2e.harness.Session;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the events of {@code GET /api/events} do to the screen of a user. */
final class LogEvents {
    /** The types that change what a screen shows. */
    static final Set<String> SHOWN = Set.of(
            "incident.created",
            "incident.updated",
            "incident.assigned",
            "incident.resolved",
            "incident.archived",
            "comment.created",
            "comment.deleted",
            "notification.created",
            "notification.read",
            "notification.dismissed",
            "user.role_changed");

    private final Session user;
    private final boolean opensThreads;

    private LogEvents(Session user, boolean opensThreads) {
        this.user = user;
        this.opensThreads = opensThreads;
    }

    /** For a screen that has the thread of every incident, those to come included. */
    static LogEvents withEveryThread(Session user) {
        return new LogEvents(user, true);
    }

    /** For a screen that opens and closes threads by itself. */
    static LogEvents withThreadsThatAreOpen(Session user) {
        return new LogEvents(user, false);
    }

    /** Applies one; types that nothing is known of stay without effect. */
    void apply(Entry entry, Screen screen) {
        var data = entry.data();
        switch (entry.type()) {
            case "incident.created" -> {
                screen.showIncident(entry.incident());
                if (opensThreads) {
                    screen.openThread(entry.incident().path("id").asLong());
                }
            }
            case "incident.updated", "incident.assigned", "incident.resolved", "incident.archived" -> screen
                    .showIncident(entry.incident());
            case "comment.created" -> screen.showComment(comment(data));
            case "comment.deleted" -> screen
                    .removeComment(data.path("incidentId").asLong(), data.path("commentId").asLong());
            case "notification.created" -> screen.showNotification(
                    ((ObjectNode) data.deepCopy()).set("id", data.path("notificationId")));
            case "notification.read" -> screen.markRead(notificationIds(data));
            case "notification.dismissed" -> screen.dismiss(notificationIds(data));
            case "user.role_changed" -> {
                if (data.path("userId").asString().equals(user.userId())) {
                    screen.showRole(data.path("role").asString());
                }
            }
            default -> {
                // Not shown.
            }
        }
    }

    private static JsonNode comment(JsonNode data) {
        var comment = (ObjectNode) data.deepCopy();
        comment.set("id", comment.remove("commentId"));
        comment.remove("mentions");
        return comment;
    }

    /** One or several, in events as in messages. */
    static List<String> notificationIds(JsonNode data) {
        var ids = new ArrayList<String>();
        if (data.has("notificationId")) {
            ids.add(data.path("notificationId").asString());
        }
        data.path("notificationIds").forEach(id -> ids.add(id.asString()));
        return ids;
    }
}
