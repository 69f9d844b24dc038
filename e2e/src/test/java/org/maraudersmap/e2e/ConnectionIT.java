package org.maraudersmap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.harness.Tokens;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;

/** Connecting, and rooms; the specification's names where it has the test. */
@OnSharedProduct
class ConnectionIT {
    private final Api api;
    private final Session harry;
    private final SocketClients clients;

    ConnectionIT(Product product) {
        this.api = product.api();
        this.harry = api.sessionOf(DemoUser.HARRY);
        this.clients = SocketClients.of(product);
    }

    @AfterEach
    void endClients() {
        clients.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling", "polling,websocket"})
    void should_connect_client_with_valid_jwt_token(String transports) {
        var client = clients.connect(ConnectOptions.withToken(harry.accessToken()).over(transports.split(",", -1)));

        var welcome = client.awaitEvent("connection:acknowledged");

        var payload = welcome.payload();
        assertThat(payload.path("socketId").asString()).isEqualTo(client.connection().orElseThrow().socketId());
        assertThat(payload.at("/user/email").asString()).isEqualTo(DemoUser.HARRY.email());
        assertThat(payload.at("/user/id").asString()).isEqualTo(harry.userId());
        assertThat(payload.at("/user/userId").asString()).isEqualTo(harry.userId());
        assertThat(payload.at("/user/role").asString()).isEqualTo("STUDENT");
        assertThat(payload.path("recovered").asBoolean(true)).isFalse();
        var floor = welcome.offset().orElseThrow();
        assertThat(floor.position()).isEqualTo(payload.path("position").asLong(-1));
        assertThat(floor.epoch()).isEqualTo(payload.path("epoch").asString());
        assertThat(client.events().getFirst().name()).as("nothing comes before").isEqualTo("connection:acknowledged");
    }

    @Test
    void should_connect_client_with_valid_jwt_token_in_query() {
        var client = clients.connect(ConnectOptions.withTokenInQuery(harry.accessToken())).awaitWelcome();

        assertThat(client.connection()).isPresent();
    }

    @Test
    void should_upgrade_from_polling_to_websocket() {
        var polling = clients.connect(ConnectOptions.withToken(harry.accessToken()).over("polling")).awaitWelcome();
        var upgrading = clients.connect(ConnectOptions.withToken(harry.accessToken()).over("polling", "websocket"))
                .awaitWelcome();

        assertThat(polling.transport()).isEqualTo("polling");
        await().atMost(Duration.ofSeconds(5)).until(() -> upgrading.transport().equals("websocket"));
        // What is sent after the upgrade arrives as well.
        var incident = api.report(harry, "Seen over both transports");
        for (var client : List.of(polling, upgrading)) {
            client.awaitEvent(
                    "incident:created",
                    payload -> payload.at("/incident/id").asLong() == incident.path("id").asLong());
        }
    }

    @Test
    void should_reject_connection_without_jwt_token() {
        var client = clients.connect(ConnectOptions.withoutToken());

        assertThat(client.awaitRefusal()).isEqualTo("Authentication token required");
        assertThat(client.events()).isEmpty();
    }

    @Test
    void should_reject_connection_with_invalid_jwt_token() {
        var token = harry.accessToken();
        var forgeries = Map.of(
                "not a token at all",
                "mischief",
                "of another signer",
                Tokens.signAgain(token, "another-secret-that-is-long-enough-to-sign"),
                "not signed",
                Tokens.unsigned(token),
                "a refresh token",
                harry.refreshToken());
        forgeries.forEach((what, forgery) -> {
            var client = clients.connect(forgery);
            assertThat(client.awaitRefusal()).as(what).isEqualTo("Authentication failed");
            assertThat(client.events()).as(what).isEmpty();
        });
    }

    @Test
    void should_reject_connection_with_expired_jwt_token() {
        // The control: a token signed by the test is good, so it is its age that is refused.
        clients.connect(Tokens.signAgain(harry.accessToken(), SharedProduct.SECRET)).awaitWelcome();

        var client = clients.connect(Tokens.expired(harry.accessToken(), SharedProduct.SECRET));

        assertThat(client.awaitRefusal()).isEqualTo("Token expired");
    }

    @Test
    void should_allow_reconnection_with_same_token() {
        var client = clients.connect(harry.accessToken()).awaitWelcome();
        var first = client.connection().orElseThrow().socketId();
        client.disconnect();
        assertThat(client.awaitDisconnect()).isEqualTo("io client disconnect");

        client.reconnect();

        await().atMost(Duration.ofSeconds(5)).until(() -> client.events("connection:acknowledged").size() == 2);
        assertThat(client.connection().orElseThrow().socketId()).isNotEqualTo(first);
    }

    @Test
    void should_handle_multiple_connections_per_user() {
        var firstTab = clients.connect(harry.accessToken()).awaitWelcome();
        var secondTab = clients.connect(harry.accessToken()).awaitWelcome();

        var incident = api.report(harry, "Seen in both tabs");

        for (var tab : List.of(firstTab, secondTab)) {
            tab.awaitEvent(
                    "incident:created",
                    payload -> payload.at("/incident/id").asLong() == incident.path("id").asLong());
            assertThat(tab.disconnects()).isEmpty();
        }
    }

    @Test
    void should_serve_a_hundred_connections() {
        // Four users, since one may have no more than a hundred sockets, and other tests have some.
        var users = List.of(harry, api.sessionOf(DemoUser.LUNA), api.sessionOf(DemoUser.DRACO),
                api.sessionOf(DemoUser.MOODY));
        var everyone = new ArrayList<SocketClient>();
        for (var i = 0; i < 100; i++) {
            everyone.add(clients.connect(users.get(i % users.size()).accessToken()));
        }
        everyone.forEach(SocketClient::awaitWelcome);

        var incident = api.report(harry, "Seen a hundred times");

        for (var client : everyone) {
            client.awaitEvent(
                    "incident:created",
                    payload -> payload.at("/incident/id").asLong() == incident.path("id").asLong());
        }
        assertThat(everyone).extracting(client -> client.events("incident:created").size()).containsOnly(1);
    }

    @Test
    void should_disconnect_sockets_of_a_session_that_logs_out() {
        var session = api.registerStudent();
        var other = clients.connect(harry.accessToken()).awaitWelcome();
        var client = clients.connect(session.accessToken()).awaitWelcome();

        api.post("/api/auth/logout", null, Map.of("refreshToken", session.refreshToken())).expect(204);

        // The reason for which the official client does not come back by itself.
        assertThat(client.awaitDisconnect()).isEqualTo("io server disconnect");
        assertThat(other.disconnects()).isEmpty();
    }
}
