package org.maraudersmap.e2e.equivalence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.maraudersmap.e2e.harness.Answer;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;
import tools.jackson.databind.JsonNode;

/** A user who does one thing after the other, as chance wants it, with up to two tabs. One thread uses him. */
final class Player {
    private static final int MOST_TABS = 2;
    private static final List<String> SEVERITIES = List.of(
            "MISCHIEF", "SUSPICIOUS", "SERIOUS", "DANGEROUS", "CRITICAL", "UNFORGIVABLE");

    private final Stage stage;
    private final Session session;
    private final SocketClients clients;
    private final Random random;
    private final List<SocketClient> tabs = new ArrayList<>();
    private final Map<SocketClient, Long> rooms = new HashMap<>();

    Player(Stage stage, Session session, SocketClients clients, Random random) {
        this.stage = stage;
        this.session = session;
        this.clients = clients;
        this.random = random;
    }

    /** The next deed. */
    void act() {
        Deed.pick(random).action().accept(this);
    }

    void report() {
        var answer = send(
                "POST",
                "/api/incidents",
                Map.of("title", "Report " + random.nextInt(1_000), "severity", any(SEVERITIES)));
        stage.addIncident(answer.expect(201).body().path("id").asLong());
    }

    void edit() {
        var fields = new HashMap<String, String>(Map.of("title", "Title " + random.nextInt(5)));
        if (random.nextBoolean()) {
            fields.put("description", "Description " + random.nextInt(5));
        }
        if (random.nextBoolean()) {
            fields.put("location", any(List.of("HOGWARTS", "HOGSMEADE", "AZKABAN")));
        }
        send("PATCH", incident(), fields);
    }

    void changeSeverity() {
        send("PATCH", incident(), Map.of("severity", any(SEVERITIES)));
    }

    void start() {
        changeStatus("IN_PROGRESS");
    }

    void reopen() {
        changeStatus("OPEN");
    }

    /** Only what is resolved can be. */
    void archive() {
        var incident = incident();
        send("PUT", incident, Map.of("status", "RESOLVED"));
        send("PUT", incident, Map.of("status", "ARCHIVED"));
    }

    private void changeStatus(String status) {
        send("PUT", incident(), Map.of("status", status));
    }

    void resolve() {
        if (random.nextBoolean()) {
            send("DELETE", incident(), Map.of());
        } else {
            send("PATCH", incident() + "/resolve", Map.of("resolution", "Resolution " + random.nextInt(5)));
        }
    }

    /** One command, two events. */
    void editAndResolve() {
        send("PUT", incident(), Map.of("title", "Done " + random.nextInt(1_000), "status", "RESOLVED"));
    }

    void assign() {
        send("PUT", incident() + "/assignee", Map.of("userId", stage.anyone(random).userId()));
    }

    void unassign() {
        send("PUT", incident() + "/assignee", Collections.singletonMap("userId", null));
    }

    void comment() {
        post("Comment " + random.nextInt(1_000));
    }

    void mention() {
        post("@" + stage.anyone(random).handle() + " and @" + stage.anyone(random).handle() + ", have a look");
    }

    private void post(String content) {
        var incident = stage.anyIncident(random);
        var answer = send("POST", "/api/incidents/" + incident + "/comments", Map.of("content", content));
        if (answer.status() == 201) {
            stage.addRemark(new Stage.Remark(incident, answer.body().path("id").asLong()));
        }
    }

    void deleteComment() {
        if (stage.hasRemark()) {
            var remark = stage.anyRemark(random);
            send("DELETE", "/api/incidents/" + remark.incident() + "/comments/" + remark.comment(), Map.of());
        }
    }

    void markRead() {
        anyNotification().ifPresent(id -> send("PATCH", "/api/notifications/" + id + "/read", Map.of()));
    }

    void markReadOverSocket() {
        anyTab().ifPresent(
                tab -> anyNotification()
                        .ifPresent(id -> tab.emit("notification:mark_read", Map.of("notificationId", id))));
    }

    void markAllRead() {
        send("PATCH", "/api/notifications/read-all", Map.of());
    }

    void dismiss() {
        anyNotification().ifPresent(id -> send("DELETE", "/api/notifications/" + id, Map.of()));
    }

    void changeSomeonesRole() {
        stage.changeRole(stage.anyone(random), any(List.of("STUDENT", "PREFECT", "AUROR")));
    }

    void connect() {
        if (tabs.size() < MOST_TABS) {
            tabs.add(clients.connect(session.accessToken()).awaitWelcome());
        }
    }

    void disconnect() {
        anyTab().ifPresent(tab -> {
            tab.disconnect();
            tabs.remove(tab);
            rooms.remove(tab);
        });
    }

    void joinRoom() {
        anyTab().ifPresent(tab -> {
            var incident = stage.anyIncident(random);
            tab.joinIncident(incident);
            rooms.put(tab, incident);
        });
    }

    void leaveRoom() {
        anyTab().ifPresent(tab -> {
            var incident = rooms.remove(tab);
            if (incident != null) {
                tab.emit("room:leave", Map.of("room", "incident:" + incident));
            }
        });
    }

    void type() {
        anyTab().ifPresent(tab -> {
            var incident = rooms.get(tab);
            if (incident != null) {
                tab.emit("typing:start", Map.of("incidentId", String.valueOf(incident)));
            }
        });
    }

    private String incident() {
        return "/api/incidents/" + stage.anyIncident(random);
    }

    private Answer send(String method, String path, Map<String, ?> body) {
        return stage.send(method, path, session, body);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Optional<SocketClient> anyTab() {
        return tabs.isEmpty() ? Optional.empty() : Optional.of(any(tabs));
    }

    private Optional<String> anyNotification() {
        var all = stage.api().notifications(session);
        return all.isEmpty() ? Optional.empty() : Optional.of(any(all)).map(Player::idOf);
    }

    private static String idOf(JsonNode notification) {
        return notification.path("id").asString();
    }
}
