package org.maraudersmap.e2e.equivalence;

import java.util.ArrayList;
import java.util.List;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.Session;
import tools.jackson.databind.JsonNode;

/**
 * State as it is read, page by page, while others go on changing it. All events up to {@link #position()} are in it:
 * that of the page that promises least. What comes later is to be applied.
 */
final class Snapshot {
    private final Api api;
    private final Session user;
    private final int pageSize;
    private final Screen screen = new Screen();
    private long position = Long.MAX_VALUE;
    private long unreadCount;

    private Snapshot(Api api, Session user, int pageSize) {
        this.api = api;
        this.user = user;
        this.pageSize = pageSize;
    }

    /** Reads a part. */
    static Snapshot of(Part part, Api api, Session user, int pageSize) {
        var snapshot = new Snapshot(api, user, pageSize);
        switch (part) {
            case Part.Everything(var oldest) -> {
                snapshot.readIncidentsAndOwn();
                snapshot.screen.incidentsSince(oldest).forEach(snapshot::readThread);
            }
            case Part.WithOneThread(var incident) -> {
                snapshot.readIncidentsAndOwn();
                snapshot.readThread(incident);
            }
            case Part.Incidents() -> snapshot.readIncidents();
            case Part.OneIncident(var incident) ->
                snapshot.screen.showIncident(snapshot.get("/api/incidents/" + incident));
            case Part.OneThread(var incident) -> snapshot.readThread(incident);
            case Part.Notifications() -> snapshot.readNotifications();
        }
        return snapshot;
    }

    private void readIncidentsAndOwn() {
        readIncidents();
        readNotifications();
        screen.showRole(get("/api/auth/me").at("/user/role").asString());
    }

    private void readIncidents() {
        for (var page : pages("/api/incidents")) {
            page.path("incidents").forEach(screen::showIncident);
        }
    }

    private void readThread(long incident) {
        screen.openThread(incident);
        for (var page : pages("/api/incidents/" + incident + "/comments")) {
            page.path("comments").forEach(screen::showComment);
        }
    }

    /** They come newest first. */
    private void readNotifications() {
        var pages = pages("/api/notifications");
        for (var page : pages.reversed()) {
            List.copyOf(page.path("notifications").values()).reversed().forEach(notification -> {
                screen.showNotification(notification);
            });
        }
        unreadCount = pages.getLast().path("unreadCount").asLong();
    }

    private List<JsonNode> pages(String path) {
        var pages = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = get(path + "?limit=" + pageSize + cursor);
            pages.add(page);
            cursor = page.hasNonNull("nextCursor") ? "&cursor=" + page.path("nextCursor").asString() : "";
        } while (!cursor.isEmpty());
        return pages;
    }

    private JsonNode get(String path) {
        var answer = api.get(path, user.accessToken()).expect(200);
        position = Math.min(position, Long.parseLong(answer.header("Log-Position").orElseThrow()));
        return answer.body();
    }

    /** What was read. */
    Screen screen() {
        return screen;
    }

    /** The position up to which nothing is missing in it. */
    long position() {
        return position;
    }

    /** How many notifications are unread, as the product counts. */
    long unreadCount() {
        return unreadCount;
    }
}
