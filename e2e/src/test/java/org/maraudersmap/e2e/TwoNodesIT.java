package org.maraudersmap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Network;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClient.Connection;
import org.maraudersmap.e2e.socket.SocketClients;

/** Two nodes on one database are one product: what is done on the first counts for the sockets of the second. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesIT {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Map<String, String> ENVIRONMENT = Map.of("JWT_SECRET", SharedProduct.SECRET);

    private final Product first = Product.named("two-nodes-first", ENVIRONMENT).start();
    private final Product second = Product.onDatabaseOf(first, "two-nodes-second", ENVIRONMENT);
    private final SocketClients onSecond = SocketClients.of(second);

    @BeforeAll
    void start() {
        second.start();
    }

    @AfterAll
    void stop() {
        onSecond.close();
        second.close();
        first.close();
    }

    @Test
    void should_disconnect_sockets_of_another_node_when_their_session_ends() {
        var session = first.api().registerStudent();
        var client = onSecond.connect(ConnectOptions.withToken(session.accessToken()).comingBack()).awaitWelcome();
        first.api().post("/api/auth/logout", null, Map.of("refreshToken", session.refreshToken())).expect(204);
        await().atMost(SOON).until(() -> client.disconnects().equals(List.of("io server disconnect")));
        client.reconnect();
        assertThat(client.awaitRefusal()).isEqualTo("Authentication failed");
    }

    @Test
    void should_disconnect_sockets_of_another_node_when_the_password_changes() {
        var session = first.api().registerStudent();
        var credentials = Map.of("email", session.email(), "password", "mischief-managed");
        var other = first.api().post("/api/auth/login", null, credentials).expect(200).body();
        var staying = onSecond.connect(session.accessToken()).awaitWelcome();
        var ending = onSecond.connect(other.path("accessToken").asString()).awaitWelcome();
        first.api()
                .send(
                        "PUT",
                        "/api/auth/change-password",
                        session.accessToken(),
                        Map.of("oldPassword", "mischief-managed", "newPassword", "i-solemnly-swear"))
                .expect(204);
        await().atMost(SOON).until(() -> ending.disconnects().equals(List.of("io server disconnect")));
        assertThat(staying.emit("heartbeat").path("ok").asBoolean()).isTrue();
    }

    @Test
    void should_let_rooms_of_sockets_of_another_node_follow_the_role() {
        var student = first.api().registerStudent();
        var admin = first.api().login(DemoUser.ADMIN);
        var client = onSecond.connect(student.accessToken()).awaitWelcome();
        var role = "/api/users/" + student.userId() + "/role";
        first.api().send("PUT", role, admin.accessToken(), Map.of("role", "AUROR")).expect(200);
        await().atMost(SOON).until(() -> {
            first.api().post("/api/incidents", student.accessToken(), Map.of("title", "Hag", "severity", "CRITICAL"));
            return !client.events("escalation:critical").isEmpty();
        });
    }

    @Test
    void should_recover_on_another_node_and_on_the_first_again() {
        var luna = first.api().login(DemoUser.LUNA);
        var harry = first.api().login(DemoUser.HARRY);
        var incident = first.api().report(harry, "Title 0").path("id").asLong();
        try (var network = Network.to(second); var clients = SocketClients.of(network)) {
            var client = clients.connect(ConnectOptions.withToken(luna.accessToken()).comingBack())
                    .awaitWelcome()
                    .joinIncident(incident);
            var nodes = List.of(first, second, first);
            for (var i = 0; i < nodes.size(); i++) {
                network.cut();
                var cuts = i + 1;
                await().until(() -> client.disconnects().size() == cuts);
                first.api().edit(harry, incident, "title", "Title " + cuts);
                network.leadTo(nodes.get(i));
                network.heal();
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> client.events("connection:acknowledged").size() == cuts + 1);
                assertThat(client.connection().map(Connection::recovered)).hasValue(true);
            }
            first.api().edit(harry, incident, "title", "Live");
            client.awaitEvent("incident:updated", payload -> payload.at("/incident/title").asString().equals("Live"));
            assertThat(client.events("incident:updated"))
                    .extracting(event -> event.payload().at("/incident/title").asString())
                    .containsExactly("Title 1", "Title 2", "Title 3", "Live");
        }
    }
}
