package org.maraudersmap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Network;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClient.Connection;
import org.maraudersmap.e2e.socket.SocketClients;
import org.maraudersmap.e2e.socket.SocketEvent;

/** The official client behind a network that breaks: it gets its rooms back, and what it missed. */
@OnSharedProduct
class RecoveryIT {
    private final Product product;
    private final Network network;
    private final SocketClients clients;
    private final Session harry;
    private final Session luna;

    RecoveryIT(Product product) {
        this.product = product;
        this.network = Network.to(product);
        this.clients = SocketClients.of(network);
        this.harry = product.api().sessionOf(DemoUser.HARRY);
        this.luna = product.api().sessionOf(DemoUser.LUNA);
    }

    @AfterEach
    void stop() {
        clients.close();
        network.close();
    }

    @BeforeEach
    void heal() {
        network.heal();
    }

    private static ConnectOptions comingBack(Session session) {
        return ConnectOptions.withToken(session.accessToken()).comingBack();
    }

    private long report(Session session, String title) {
        return product.api().report(session, title).path("id").asLong();
    }

    private void cut(SocketClient client) {
        var disconnects = client.disconnects().size();
        network.cut();
        await().until(() -> client.disconnects().size() > disconnects);
    }

    private static void awaitWelcome(SocketClient client, int nth) {
        await("welcome " + nth).atMost(Duration.ofSeconds(10))
                .until(() -> client.events("connection:acknowledged").size() >= nth);
    }

    private static boolean isRecovered(SocketClient client) {
        return client.connection().map(Connection::recovered).orElse(false);
    }

    private static List<String> titlesHeard(SocketClient client, String event) {
        return client.events(event).stream().map(each -> each.payload().at("/incident/title").asString()).toList();
    }

    @Test
    void should_get_rooms_and_missed_events_back_after_network_cuts() {
        var incident = report(harry, "Cut 0");
        var client = clients.connect(comingBack(luna)).awaitWelcome().joinIncident(incident);
        var socketId = client.connection().orElseThrow().socketId();
        for (var round = 1; round <= 3; round++) {
            cut(client);
            product.api().edit(harry, incident, "title", "Cut " + round);
            network.heal();
            awaitWelcome(client, round + 1);

            assertThat(isRecovered(client)).isTrue();
            assertThat(client.connection().orElseThrow().socketId()).isEqualTo(socketId);
            assertThat(client.events("connection:acknowledged").getLast().payload().path("recovered").asBoolean())
                    .isTrue();
        }
        product.api().edit(harry, incident, "title", "Live");
        await().until(() -> titlesHeard(client, "incident:updated").contains("Live"));
        assertThat(titlesHeard(client, "incident:updated")).containsExactly("Cut 1", "Cut 2", "Cut 3", "Live");
    }

    @Test
    void should_go_on_after_a_cut_between_two_messages_of_one_event() {
        var moody = product.api().sessionOf(DemoUser.MOODY);
        var title = "Torn apart " + System.nanoTime();
        network.cutAfterMessageWith("incident:created\",{\"incident\":{\"id\"");
        var client = clients.connect(comingBack(moody).with("perMessageDeflate", false)).awaitWelcome();
        product.api()
                .post("/api/incidents", harry.accessToken(), Map.of("title", title, "severity", "CRITICAL"))
                .expect(201);
        await().until(network::isCut);
        await().until(() -> !client.disconnects().isEmpty());
        assertThat(titlesHeard(client, "incident:created")).contains(title);
        assertThat(titlesHeard(client, "escalation:critical")).doesNotContain(title);

        network.heal();

        awaitWelcome(client, 2);
        assertThat(isRecovered(client)).isTrue();
        assertThat(titlesHeard(client, "incident:created")).containsOnlyOnce(title);
        assertThat(titlesHeard(client, "escalation:critical")).containsOnlyOnce(title);
    }

    @Test
    void should_recover_by_long_polling() {
        var client = clients.connect(comingBack(luna).over("polling")).awaitWelcome();
        cut(client);
        report(harry, "Missed by polling");
        network.heal();
        awaitWelcome(client, 2);
        assertThat(isRecovered(client)).isTrue();
        assertThat(titlesHeard(client, "incident:created")).containsOnlyOnce("Missed by polling");
    }

    @Test
    void should_start_anew_after_the_session_ended() {
        var session = product.api().registerStudent();
        var client = clients.connect(comingBack(session)).awaitWelcome();
        product.api().post("/api/auth/logout", null, Map.of("refreshToken", session.refreshToken())).expect(204);
        assertThat(client.awaitDisconnect()).isEqualTo("io server disconnect");
        client.reconnect();
        assertThat(client.awaitRefusal()).isEqualTo("Authentication failed");
    }

    @Test
    void should_be_told_how_far_the_log_is_by_an_offset() {
        var client = clients.connect(comingBack(luna)).awaitWelcome();
        var _ = product.api().registerStudent();
        var told = await().atMost(Duration.ofSeconds(15))
                .until(() -> client.events("log:position"), events -> !events.isEmpty())
                .getFirst();
        assertThat(told.offset().map(SocketEvent.Offset::position))
                .hasValue(told.payload().path("position").asLong());
    }
}
