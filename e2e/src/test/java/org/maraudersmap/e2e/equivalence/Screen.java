package org.maraudersmap.e2e.equivalence;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client shows to one user. Everything that is done to it may be done again, and may be in it already: of two
 * states of an incident its {@code version} decides, the others are there or not. So a snapshot may hold more than its
 * {@code Log-Position} promises, and events may overlap with it.
 */
final class Screen {
    /** By id, newest first. */
    private final NavigableMap<Long, JsonNode> incidents = new TreeMap<Long, JsonNode>().descendingMap();
    /** The threads that are open, each by comment id, oldest first. */
    private final Map<Long, NavigableMap<Long, JsonNode>> threads = new TreeMap<>();
    /** By id, oldest first. */
    private final Map<String, ObjectNode> notifications = new LinkedHashMap<>();
    private String role = "";

    /** An independent one that shows the same. */
    Screen copy() {
        var copy = new Screen();
        copy.incidents.putAll(incidents);
        threads.forEach((incident, thread) -> copy.threads.put(incident, new TreeMap<>(thread)));
        notifications.forEach((id, notification) -> copy.notifications.put(id, notification.deepCopy()));
        copy.role = role;
        return copy;
    }

    /** Shows an incident, unless it is shown in a newer version. */
    void showIncident(JsonNode incident) {
        incidents.merge(
                incident.path("id").asLong(),
                incident,
                (shown, other) -> versionOf(other) > versionOf(shown) ? other : shown);
    }

    private static long versionOf(JsonNode incident) {
        return incident.path("version").asLong();
    }

    /** Whether an incident is not shown, or in an older version. */
    boolean lacksVersion(JsonNode incident) {
        var shown = incidents.get(incident.path("id").asLong());
        return shown == null || versionOf(shown) < versionOf(incident);
    }

    /** The ids of an incident and of those that were reported after it. */
    List<Long> incidentsSince(long oldest) {
        return incidents.keySet().stream().filter(id -> id >= oldest).toList();
    }

    /** Opens the thread of an incident; one that is open stays as it is. */
    void openThread(long incident) {
        threads.computeIfAbsent(incident, _ -> new TreeMap<>());
    }

    void closeThread(long incident) {
        threads.remove(incident);
    }

    /** The comments of a thread that is open. */
    Collection<JsonNode> comments(long incident) {
        return List.copyOf(threads.getOrDefault(incident, new TreeMap<>()).values());
    }

    /** Shows a comment, if its thread is open. */
    void showComment(JsonNode comment) {
        threads.computeIfPresent(comment.path("incidentId").asLong(), (_, thread) -> {
            thread.put(comment.path("id").asLong(), comment);
            return thread;
        });
    }

    void removeComment(long incident, long comment) {
        threads.computeIfPresent(incident, (_, thread) -> {
            thread.remove(comment);
            return thread;
        });
    }

    /** Shows a new notification; one that is there already may have been read since, and stays. */
    void showNotification(JsonNode notification) {
        notifications.computeIfAbsent(notification.path("id").asString(), id -> {
            var shown = JsonNodeFactory.instance.objectNode().put("id", id);
            for (var field : List.of("type", "message", "link", "createdAt")) {
                shown.set(field, notification.path(field));
            }
            // When it was read is not told, only that it was.
            return shown.put("isRead", notification.path("isRead").asBoolean(false));
        });
    }

    void markRead(Collection<String> ids) {
        ids.forEach(id -> notifications.computeIfPresent(id, (_, notification) -> notification.put("isRead", true)));
    }

    void dismiss(Collection<String> ids) {
        notifications.keySet().removeAll(ids);
    }

    /** The user's own role. */
    void showRole(String newRole) {
        role = newRole;
    }

    boolean hasNotificationWithLink(String link) {
        return notifications.values().stream().anyMatch(each -> each.path("link").asString().equals(link));
    }

    long countUnread() {
        return notifications.values().stream().filter(each -> !each.path("isRead").asBoolean()).count();
    }

    /** Everything that can be seen of a part of it, by what it is. */
    Map<String, JsonNode> look(Part part) {
        var seen = new TreeMap<String, JsonNode>();
        switch (part) {
            case Part.Everything(_) -> {
                lookAtIncidents(seen);
                threads.keySet().forEach(incident -> lookAtThread(incident, seen));
                lookAtNotifications(seen);
                seen.put("own role", JsonNodeFactory.instance.stringNode(role));
            }
            case Part.WithOneThread(var incident) -> {
                lookAtIncidents(seen);
                lookAtThread(incident, seen);
                lookAtNotifications(seen);
            }
            case Part.Incidents() -> lookAtIncidents(seen);
            case Part.OneIncident(var incident) -> lookAtIncident(incident, seen);
            case Part.OneThread(var incident) -> lookAtThread(incident, seen);
            case Part.Notifications() -> lookAtNotifications(seen);
        }
        return seen;
    }

    private void lookAtIncidents(Map<String, JsonNode> seen) {
        var order = JsonNodeFactory.instance.arrayNode();
        incidents.keySet().forEach(order::add);
        seen.put("incidents in order", order);
        incidents.keySet().forEach(incident -> lookAtIncident(incident, seen));
    }

    private void lookAtIncident(long incident, Map<String, JsonNode> seen) {
        var shown = incidents.get(incident);
        if (shown != null) {
            seen.put("incident " + incident, shown);
        }
    }

    private void lookAtThread(long incident, Map<String, JsonNode> seen) {
        var thread = threads.get(incident);
        if (thread != null) {
            var order = JsonNodeFactory.instance.arrayNode();
            thread.keySet().forEach(order::add);
            seen.put("comments in order of incident " + incident, order);
            thread.forEach((id, comment) -> seen.put("comment " + id + " of incident " + incident, asWritten(comment)));
        }
    }

    /** The role that its author had then is in the event, the one that he has now in an answer. */
    private static JsonNode asWritten(JsonNode comment) {
        var copy = comment.deepCopy();
        if (copy.path("author") instanceof ObjectNode author) {
            author.remove("role");
        }
        return copy;
    }

    private void lookAtNotifications(Map<String, JsonNode> seen) {
        var order = JsonNodeFactory.instance.arrayNode();
        notifications.keySet().forEach(order::add);
        seen.put("notifications in order", order);
        seen.put("unread notifications", JsonNodeFactory.instance.numberNode(countUnread()));
        notifications.forEach((id, notification) -> seen.put("notification " + id, notification));
    }
}
