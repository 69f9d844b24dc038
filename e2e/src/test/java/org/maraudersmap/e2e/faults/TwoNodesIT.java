package org.maraudersmap.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.SharedProduct;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClients;
import tools.jackson.databind.JsonNode;

/** Two nodes on one database behave as one. The first one has it embedded, the second one connects to it. */
class TwoNodesIT {
    private static final String SECRET = SharedProduct.SECRET;
    /** Far below the time-out of 30 s that is promised: a killed node's session in the database ends with it. */
    private static final Duration UNTIL_A_NODE_IS_LOST = Duration.ofSeconds(10);

    private final Product first = Product.named("node-one", Map.of("JWT_SECRET", SECRET));
    private Product second = first;
    private SocketClients hereClients = SocketClients.of(first);
    private SocketClients thereClients = hereClients;
    private Session harry = new Session("", "", "", "", "");
    private Session luna = harry;

    @BeforeEach
    void startBoth() throws Exception {
        first.start();
        second = Product.named(
                "node-two",
                Map.of("JWT_SECRET", SECRET, "DATABASE_URL", databaseOf(first), "DEMO_DATA", "on", "HOST", "127.0.0.1"))
                .start();
        thereClients = SocketClients.of(second);
        harry = first.api().login(DemoUser.HARRY);
        luna = second.api().login(DemoUser.LUNA);
    }

    private static String databaseOf(Product product) throws Exception {
        Path pid = product.dataDirectory().resolve("postgresql").resolve("postmaster.pid");
        return "postgresql://postgres@127.0.0.1:" + Files.readAllLines(pid).get(3).strip() + "/postgres";
    }

    @AfterEach
    void stopBoth() {
        hereClients.close();
        thereClients.close();
        second.close();
        first.close();
    }

    private static boolean isOf(JsonNode payload, Session session) {
        return payload.path("userId").asString().equals(session.userId());
    }

    private static boolean isOnline(Api api, Session watcher, Session session) {
        var users = api.get("/api/presence/online", watcher.accessToken()).expect(200).body().path("users");
        return users.valueStream().anyMatch(user -> user.path("id").asString().equals(session.userId()));
    }

    @Test
    void should_share_presence_rooms_and_typing() {
        var incident = first.api().report(harry, "Seen on two nodes").path("id").asLong();
        var here = hereClients.connect(harry.accessToken()).awaitWelcome().joinIncident(incident);
        var there = thereClients.connect(luna.accessToken()).awaitWelcome();

        here.awaitEvent("presence:join", payload -> isOf(payload, luna) && !payload.has("room"));
        var joined = there.emit("room:join", Map.of("room", "incident:" + incident));
        assertThat(joined.path("count").asInt()).isEqualTo(2);
        here.awaitEvent("presence:join", payload -> isOf(payload, luna) && payload.has("room"));
        there.awaitEvent("presence:counts", payload -> payload.path("total").asInt() == 2);
        for (var api : new Api[]{first.api(), second.api()}) {
            var viewers = api.get("/api/presence/incident/" + incident, harry.accessToken()).expect(200).body();
            assertThat(viewers.path("count").asInt()).isEqualTo(2);
            assertThat(isOnline(api, harry, luna)).isTrue();
        }

        there.emit("typing:start", Map.of("incidentId", String.valueOf(incident)));
        here.awaitEvent("presence:typing", payload -> isOf(payload, luna) && payload.path("isTyping").asBoolean());
        there.emit("room:leave", Map.of("room", "incident:" + incident));
        here.awaitEvent("presence:typing", payload -> isOf(payload, luna) && !payload.path("isTyping").asBoolean());
        here.awaitEvent("presence:leave", payload -> isOf(payload, luna) && payload.has("room"));

        // One more tab of his, on the other node: nobody hears of it.
        var tab = thereClients.connect(harry.accessToken()).awaitWelcome();
        here.disconnect();
        await().atMost(Duration.ofSeconds(5)).until(
                () -> second.api().get("/api/presence/current-user", harry.accessToken()).body().path("count")
                        .asInt() == 1);
        tab.disconnect();
        there.awaitEvent("presence:leave", payload -> isOf(payload, harry) && !payload.has("room"));
        assertThat(there.events("presence:join")).noneMatch(
                event -> isOf(event.payload(), harry) && !event.payload().has("room"));
    }

    @Test
    void should_let_users_of_a_killed_node_vanish() {
        var incident = first.api().report(harry, "Watched from a node that dies").path("id").asLong();
        var here = hereClients.connect(harry.accessToken()).awaitWelcome().joinIncident(incident);
        thereClients.connect(luna.accessToken()).awaitWelcome().joinIncident(incident);
        here.awaitEvent("presence:join", payload -> isOf(payload, luna) && payload.has("room"));

        var killed = System.nanoTime();
        second.kill();

        await().atMost(UNTIL_A_NODE_IS_LOST).until(
                () -> here.events("presence:leave").stream().filter(event -> isOf(event.payload(), luna)).count() == 2);
        System.out.printf(
                "users of a killed node vanished after %d ms%n",
                Duration.ofNanos(System.nanoTime() - killed).toMillis());
        assertThat(isOnline(first.api(), harry, luna)).isFalse();
    }

    @Test
    void should_forget_who_was_connected_before_it_was_killed() {
        var client = hereClients.connect(harry.accessToken()).awaitWelcome();
        await().atMost(Duration.ofSeconds(5)).until(() -> isOnline(first.api(), harry, harry));

        second.kill();
        first.kill();
        assertThat(client.awaitDisconnect()).isNotBlank();
        first.start();

        assertThat(isOnline(first.api(), harry, harry)).isFalse();
    }
}
