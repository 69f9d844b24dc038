package org.maraudersmap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClients;
import tools.jackson.databind.JsonNode;

/** The specification's "Presence Detection", and the cases of presence in its "Socket.io Connection". */
@OnSharedProduct
@Isolated("it measures how long things take")
class PresenceIT {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Api api;
    private final Session harry;
    private final SocketClients clients;

    PresenceIT(Product product) {
        this.api = product.api();
        this.harry = api.sessionOf(DemoUser.HARRY);
        this.clients = SocketClients.of(product);
    }

    @AfterEach
    void endClients() {
        clients.close();
    }

    private long report(String title) {
        return api.report(harry, title).path("id").asLong();
    }

    private JsonNode viewersOf(long incident) {
        return api.get("/api/presence/incident/" + incident, harry.accessToken()).expect(200).body();
    }

    private int countSessionsOf(Session session) {
        return api.get("/api/presence/current-user", session.accessToken()).expect(200).body().path("count").asInt();
    }

    private static boolean isOf(JsonNode payload, Session session) {
        return payload.path("userId").asString().equals(session.userId()) && !payload.has("room");
    }

    @Test
    void should_create_presence_session_on_connect() {
        var user = api.registerStudent();
        assertThat(countSessionsOf(user)).isZero();

        var client = clients.connect(user.accessToken()).awaitWelcome();

        var socketId = client.connection().orElseThrow().socketId();
        await().atMost(A_SECOND).untilAsserted(() -> {
            var sessions = api.get("/api/presence/current-user", user.accessToken()).body().path("sessions");
            assertThat(sessions).hasSize(1);
            assertThat(sessions.path(0).path("socketId").asString()).isEqualTo(socketId);
        });
    }

    @Test
    void should_remove_presence_session_on_disconnect() {
        var user = api.registerStudent();
        var client = clients.connect(user.accessToken()).awaitWelcome();
        await().atMost(A_SECOND).until(() -> countSessionsOf(user) == 1);

        client.disconnect();

        await().atMost(A_SECOND).until(() -> countSessionsOf(user) == 0);
    }

    @Test
    void should_broadcast_presence_join_to_others() {
        var clientA = clients.connect(harry.accessToken()).awaitWelcome();
        var user = api.registerStudent();

        var clientB = clients.connect(user.accessToken()).awaitWelcome();

        var join = clientA.awaitEvent("presence:join", payload -> isOf(payload, user));
        assertThat(join.payload().at("/user/email").asString()).isEqualTo(user.email());
        assertThat(join.offset()).as("a state").isEmpty();
        clientB.awaitEvent("presence:counts");
        assertThat(clientB.events("presence:join")).noneMatch(event -> isOf(event.payload(), user));
    }

    @Test
    void should_track_users_in_room_accurately() {
        var incident = report("Watched by three");
        for (var i = 0; i < 3; i++) {
            var user = api.registerStudent();
            clients.connect(user.accessToken()).awaitWelcome().joinIncident(incident);
            clients.connect(user.accessToken()).awaitWelcome().joinIncident(incident);
        }

        var viewers = viewersOf(incident);

        assertThat(viewers.path("count").asInt()).isEqualTo(3);
        assertThat(viewers.path("users")).hasSize(3);
    }

    @Test
    void should_decrement_count_when_user_leaves_room() {
        var incident = report("Left alone");
        var client = clients.connect(harry.accessToken()).awaitWelcome().joinIncident(incident);
        assertThat(viewersOf(incident).path("count").asInt()).isEqualTo(1);

        client.emit("room:leave", Map.of("room", "incident:" + incident));

        assertThat(viewersOf(incident).path("count").asInt()).isZero();
    }

    @Test
    void should_clean_up_presence_on_disconnect() {
        var watching = clients.connect(harry.accessToken()).awaitWelcome();
        var incident = report("Left by a broken connection");
        watching.joinIncident(incident);
        var user = api.registerStudent();
        var client = clients.connect(user.accessToken()).awaitWelcome().joinIncident(incident);
        watching.awaitEvent("presence:join", payload -> isOf(payload, user));

        var cut = System.nanoTime();
        client.cut();

        watching.awaitEvent("presence:leave", payload -> isOf(payload, user));
        assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(A_SECOND);
        assertThat(countSessionsOf(user)).isZero();
        assertThat(viewersOf(incident).path("count").asInt()).isEqualTo(1);
        assertThat(watching.events("presence:leave")).anyMatch(
                event -> event.payload().path("room").asString("").equals("incident:" + incident));
    }

    @Test
    void should_count_users_online_by_role() {
        clients.connect(api.sessionOf(DemoUser.MOODY).accessToken()).awaitWelcome();
        var client = clients.connect(harry.accessToken()).awaitWelcome();

        var counts = client.awaitEvent("presence:counts", payload -> payload.at("/byRole/AUROR").asInt() == 1);

        assertThat(counts.payload().path("stale").isBoolean()).isTrue();
        var byRole = api.get("/api/presence/online/by-role", harry.accessToken()).expect(200).body();
        assertThat(byRole.at("/byRole/AUROR").asInt()).isEqualTo(1);
        var online = api.get("/api/presence/online", harry.accessToken()).expect(200).body();
        assertThat(online.path("count").asInt()).isEqualTo(online.path("users").size());
        assertThat(online.path("users")).anyMatch(user -> user.path("id").asString().equals(harry.userId()));
    }
}
