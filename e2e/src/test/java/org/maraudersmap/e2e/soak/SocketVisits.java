package org.maraudersmap.e2e.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;
import tools.jackson.databind.JsonNode;

/**
 * People who connect over every transport, send every client event, well and badly, and go in every way. Good for as
 * long as an access token is.
 */
final class SocketVisits implements AutoCloseable {
    private static final String WELCOME = "connection:acknowledged";
    private static final List<String[]> TRANSPORTS = List.of(
            new String[]{"websocket"}, new String[]{"polling"}, new String[]{"polling", "websocket"});
    /** What each event refuses; the event that is none is the last. */
    private static final List<Map.Entry<String, Object>> REFUSED = List.of(
            Map.entry("room:join", Map.of("room", "incident:999999999")),
            Map.entry("room:join", Map.of("room", "role:ADMIN")),
            Map.entry("room:join", Map.of()),
            Map.entry("room:leave", List.of("incident:1")),
            Map.entry("typing:start", Map.of("incidentId", "999999999")),
            Map.entry("typing:stop", 7),
            Map.entry("notification:mark_read", Map.of("notificationId", "nobody's")),
            Map.entry("horcrux", "seven"));

    private final Api api;
    private final SocketClients clients;
    private final Session visitor;
    private final long incident;
    private final String notification;

    SocketVisits(Product product) {
        api = product.api();
        clients = SocketClients.of(product);
        visitor = api.login(DemoUser.LUNA);
        incident = api.report(visitor, "Visited").path("id").asLong();
        var author = api.sessionOf(DemoUser.DRACO);
        api.comment(author, incident, "@" + visitor.handle());
        notification = await("a notification").until(() -> api.notifications(visitor), all -> !all.isEmpty())
                .getFirst()
                .path("id")
                .asString();
    }

    /** One visit, over another transport and with another end each turn. */
    void visit(int turn) {
        var options = ConnectOptions.withToken(visitor.accessToken()).over(TRANSPORTS.get(turn % TRANSPORTS.size()));
        var client = clients.connect(turn % 2 == 0 ? options.comingBack() : options).awaitWelcome();
        sendWhatIsTaken(client);
        sendWhatIsRefused(client);
        if (turn % 2 == 0) {
            client.cut();
            await("the client is back").until(() -> client.events(WELCOME).size() > 1);
        }
        if (turn % 4 < 2) {
            client.disconnect();
        } else {
            assertRefused(client.emit("authenticate", Map.of("token", "mischief")));
            client.awaitDisconnect();
        }
    }

    private void sendWhatIsTaken(SocketClient client) {
        var room = Map.of("room", "incident:" + incident);
        var typing = Map.of("incidentId", String.valueOf(incident));
        assertTaken(client.emit("heartbeat"));
        assertTaken(client.emit("feed:subscribe"));
        assertTaken(client.emit("authenticate", Map.of("token", visitor.accessToken())));
        assertTaken(client.emit("room:join", room));
        assertTaken(client.emit("typing:start", typing));
        assertTaken(client.emit("typing:stop", typing));
        assertTaken(client.emit("typing:start", typing));
        assertTaken(client.emit("notification:mark_read", Map.of("notificationId", notification)));
        assertTaken(client.emit("room:leave", room));
        assertTaken(client.emit("feed:unsubscribe"));
        assertTaken(client.emit("room:join", room));
    }

    private static void sendWhatIsRefused(SocketClient client) {
        REFUSED.forEach(event -> assertRefused(client.emit(event.getKey(), event.getValue())));
    }

    private static void assertTaken(JsonNode answer) {
        assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
    }

    private static void assertRefused(JsonNode answer) {
        assertThat(answer.path("ok").asBoolean(true)).as("%s", answer).isFalse();
    }

    /** Comes without a good token, and is sent away. */
    void visitInVain(int turn) {
        var options = ConnectOptions.withToken("mischief " + turn).over(TRANSPORTS.get(turn % TRANSPORTS.size()));
        assertThat(clients.connect(options).awaitRefusal()).isEqualTo("Authentication failed");
    }

    /** Begins to connect by hand, each turn one step further, and is never heard of again. */
    void vanish(int turn) {
        var step = turn % 4;
        var opened = api.get("/socket.io/?EIO=4&transport=polling", null).expect(200).text();
        var session = "/socket.io/?EIO=4&transport=polling&sid="
                + Api.JSON.readTree(opened.substring(1)).path("sid").asString();
        if (step > 0) {
            post(session, "40{\"token\":\"" + visitor.accessToken() + "\"}");
        }
        if (step > 1) {
            assertThat(api.get(session, null).expect(200).text()).startsWith("40{");
        }
        if (step > 2) {
            post(session, "42[\"room:join\",{\"room\":\"incident:" + incident + "\"}]");
        }
    }

    private void post(String session, String packet) {
        api.sendText("POST", session, null, packet, "Content-Type", "text/plain").expect(200);
    }

    @Override
    public void close() {
        clients.close();
    }
}
