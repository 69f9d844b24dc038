package org.maraudersmap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClients;

/** What becomes of sockets whose token ends, on a product whose tokens end soon. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenExpiryIT {
    private static final Duration LIFE = Duration.ofSeconds(2);
    private final Product product = Product.named("expiry", Map.of("ACCESS_TOKEN_TTL", LIFE.toSeconds() + "s"));
    private final SocketClients clients = SocketClients.of(product);

    @BeforeAll
    void start() {
        product.start();
    }

    @AfterAll
    void stop() {
        clients.close();
        product.close();
    }

    @Test
    void should_reject_connection_with_expired_token_and_take_the_refreshed_one() {
        var harry = product.api().login(DemoUser.HARRY);
        awaitExpiry(harry);

        assertThat(clients.connect(harry.accessToken()).awaitRefusal()).isEqualTo("Token expired");

        clients.connect(refresh(harry)).awaitWelcome();
    }

    @Test
    void should_close_socket_when_its_token_ends() {
        var luna = product.api().login(DemoUser.LUNA);
        var client = clients.connect(ConnectOptions.withToken(luna.accessToken()).comingBack()).awaitWelcome();

        // The reason for which the official client does not come back by itself, even if it may.
        assertThat(client.awaitDisconnect()).isEqualTo("io server disconnect");
        awaitExpiry(luna);
    }

    @Test
    void should_keep_socket_that_authenticates_anew() {
        var harry = product.api().login(DemoUser.HARRY);
        var client = clients.connect(harry.accessToken()).awaitWelcome();

        var answer = client.emit("authenticate", Map.of("token", refresh(harry)));

        assertThat(answer.path("ok").asBoolean()).as("acknowledged %s", answer).isTrue();
        awaitExpiry(harry);
        var luna = product.api().login(DemoUser.LUNA);
        product.api().report(luna, "Heard after the first token ended");
        client.awaitEvent("incident:created");
        assertThat(client.disconnects()).isEmpty();
    }

    @Test
    void should_close_socket_that_authenticates_as_somebody_else() {
        var harry = product.api().login(DemoUser.HARRY);
        var luna = product.api().login(DemoUser.LUNA);
        var client = clients.connect(harry.accessToken()).awaitWelcome();

        client.send("authenticate", Map.of("token", luna.accessToken()));

        assertThat(client.awaitDisconnect()).isEqualTo("io server disconnect");
    }

    private String refresh(Session session) {
        return product.api()
                .post("/api/auth/refresh", null, Map.of("refreshToken", session.refreshToken()))
                .expect(200)
                .body()
                .path("accessToken")
                .asString();
    }

    private void awaitExpiry(Session session) {
        await().atMost(LIFE.plusSeconds(3))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> product.api().get("/api/auth/me", session.accessToken()).code().equals("TOKEN_EXPIRED"));
    }
}
