package org.maraudersmap.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maraudersmap.socketio.testkit.Patience.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maraudersmap.socketio.testkit.OfficialClients;
import org.maraudersmap.socketio.testkit.TestServer;

@DisplayName("The official JavaScript client")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficialClientTest {
    private OfficialClients clients;
    private final TestServer server = TestServer.start(settings -> settings
            .engine(engine -> engine.pingInterval(Duration.ofMillis(300)).pingTimeout(Duration.ofSeconds(5))));

    enum Way {
        WEBSOCKET, POLLING, UPGRADE;

        List<String> transports() {
            return switch (this) {
                case WEBSOCKET -> List.of("websocket");
                case POLLING -> List.of("polling");
                case UPGRADE -> List.of("polling", "websocket");
            };
        }
    }

    @BeforeAll
    void startClients() {
        clients = new OfficialClients();
        server.main().use(handshake -> handshake.auth("token").filter("wrong"::equals).isPresent()
                ? Verdict.refuse("Authentication failed", Map.of("code", "NO_ENTRY"))
                : Verdict.accept()).on("echo", (socket, event) -> socket.emit("back", event.args().toArray()))
                .on("ask", (socket, event) -> event.ack(event.args().toArray()))
                .on("join", String.class, (socket, room, event) -> {
                    socket.join(room);
                    event.ack(true);
                });
    }

    @AfterAll
    void stop() {
        clients.close();
        server.close();
    }

    @AfterEach
    void everybodyIsGone() {
        server.main().broadcast().disconnectSockets();
    }

    private OfficialClients.Client connect(Way way, Map<String, ?> more) {
        var options = new HashMap<String, Object>(more);
        options.put("transports", way.transports());
        return clients.connect(server.url(), options);
    }

    private OfficialClients.Client connect(Way way) {
        var client = connect(way, Map.of());
        var _ = client.connected();
        if (way == Way.UPGRADE) {
            assertThat(client.next("upgrade").path("transport").asString()).isEqualTo("websocket");
        }
        return client;
    }

    @ParameterizedTest
    @EnumSource
    void should_exchange_events_and_acknowledgements(Way way) {
        var client = connect(way);

        client.emit("echo", 1, "two", Map.of("three", List.of(true)));
        assertThat(client.event().path("args").toString()).isEqualTo("[1,\"two\",{\"three\":[true]}]");
        assertThat(client.ask("ask", "x", 2).toString()).isEqualTo("[\"x\",2]");

        var id = client.reports("connect").getFirst().path("id").asString();
        var reply = server.main().socket(id).orElseThrow().emitWithAck(Duration.ofSeconds(5), "question", "a", 7);
        assertThat(reply.join()).extracting(Object::toString).containsExactly("\"a\"", "7");
    }

    @ParameterizedTest
    @EnumSource
    void should_exchange_binary(Way way) {
        var client = connect(way);

        client.emit("echo", Map.of("$binary", "AQID"), List.of(Map.of("deep", Map.of("$binary", "BAU="))));

        assertThat(client.event().path("args").toString())
                .isEqualTo("[{\"$binary\":\"AQID\"},[{\"deep\":{\"$binary\":\"BAU=\"}}]]");
        assertThat(client.ask("ask", Map.of("$binary", "AQID")).toString()).isEqualTo("[{\"$binary\":\"AQID\"}]");
    }

    @ParameterizedTest
    @EnumSource
    void should_lose_nothing_of_a_burst(Way way) {
        var client = connect(way, Map.of());
        var _ = client.connected();
        // With an upgrade, this runs into it.
        for (var i = 0; i < 300; i++) {
            client.emit("echo", i);
        }
        for (var i = 0; i < 300; i++) {
            assertThat(client.event().path("args").get(0).asInt()).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_stay_connected_over_heartbeats(Way way) {
        var client = connect(way);
        await().during(Duration.ofSeconds(1)).until(() -> client.reports("disconnect").isEmpty());
        assertThat(client.ask("ask", 1).toString()).isEqualTo("[1]");
    }

    @ParameterizedTest
    @EnumSource
    void should_be_refused_with_message_and_data(Way way) {
        var client = connect(way, Map.of("auth", Map.of("token", "wrong")));
        var error = client.next("connect_error");
        assertThat(error.path("message").asString()).isEqualTo("Authentication failed");
        assertThat(error.path("data").path("code").asString()).isEqualTo("NO_ENTRY");
        assertThat(client.reports("connect")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_not_come_back_after_a_disconnect_and_come_back_after_a_close(Way way) {
        var client = connect(way);
        socketOf(client).closeConnection();
        // A polling client that was about to send hears of it as an error.
        assertThat(client.next("disconnect").path("reason").asString()).isIn("transport close", "transport error");
        assertThat(client.connected().path("recovered").asBoolean()).isFalse();

        await().untilAsserted(() -> assertThat(server.main().sockets()).isNotEmpty());
        socketOf(client).disconnect();
        assertThat(client.next("disconnect").path("reason").asString()).isEqualTo("io server disconnect");
        await().during(Duration.ofMillis(200)).until(() -> client.reports("connect").size() == 2);
    }

    @ParameterizedTest
    @EnumSource
    void should_leave_when_told_to(Way way) {
        var client = connect(way);
        var socket = socketOf(client);
        client.disconnect();
        await().until(() -> !socket.isConnected());
        assertThat(client.next("disconnect").path("reason").asString()).isEqualTo("io client disconnect");
    }

    @Test
    void should_use_several_namespaces_on_one_connection() {
        server.server().of("/chat").on("ask", (socket, event) -> event.ack("chat", event.arg(0)));
        var client = clients.connect(server.url() + "/chat", Map.of("transports", List.of("websocket")));
        var _ = client.connected();
        assertThat(client.ask("ask", 1).toString()).isEqualTo("[\"chat\",1]");
        assertThat(server.server().of("/chat").sockets()).hasSize(1);
        client.disconnect();
        await().until(() -> server.server().of("/chat").sockets().isEmpty());
    }

    @Test
    void should_hear_what_is_for_its_rooms_and_nothing_else() {
        var harry = connect(Way.WEBSOCKET);
        var luna = connect(Way.POLLING);
        var draco = connect(Way.UPGRADE);
        harry.ask("join", "dumbledores-army");
        luna.ask("join", "dumbledores-army");
        luna.ask("join", "ravenclaw");
        draco.ask("join", "slytherin");

        server.main().to("dumbledores-army").emit("one");
        server.main().in("dumbledores-army", "slytherin").except("ravenclaw").emit("two");
        socketOf(luna).to("dumbledores-army").emit("three");
        socketOf(draco).broadcast().emit("four");
        server.main().to(socketOf(draco).id()).emit("five");
        server.main().emit("end");

        assertThat(namesUntilEnd(harry)).containsExactly("one", "two", "three", "four", "end");
        assertThat(namesUntilEnd(luna)).containsExactly("one", "four", "end");
        assertThat(namesUntilEnd(draco)).containsExactly("two", "five", "end");
    }

    @Test
    void should_acknowledge_broadcasts() {
        var one = connect(Way.WEBSOCKET);
        var two = connect(Way.POLLING);
        var mute = server.connectedWebSocket();

        var answers = server.main().broadcast().emitWithAck(Duration.ofMinutes(1), "question", "x");
        var _ = mute.text();
        mute.close();
        var replies = answers.join();

        assertThat(replies.replies()).containsOnlyKeys(socketOf(one).id(), socketOf(two).id());
        assertThat(replies.replies().values())
                .allSatisfy(args -> assertThat(args.getFirst().asString()).isEqualTo("x"));
        assertThat(replies.missing()).hasSize(1);
    }

    @Test
    void should_wait_for_acknowledgements_no_longer_than_told() {
        try (var mute = server.connectedWebSocket()) {
            var replies = server.main().broadcast().emitWithAck(Duration.ofMillis(50), "question", "x").join();
            assertThat(replies.replies()).isEmpty();
            assertThat(replies.missing()).hasSize(1);
            assertThat(mute.isOpen()).isTrue();
        }
        assertThat(server.main().to("nobody").emitWithAck(Duration.ofSeconds(5), "question").join().missing())
                .isEmpty();
    }

    private Socket socketOf(OfficialClients.Client client) {
        var all = client.reports("connect");
        return server.main().socket(all.getLast().path("id").asString()).orElseThrow();
    }

    private static List<String> namesUntilEnd(OfficialClients.Client client) {
        await().until(() -> client.eventNames().contains("end"));
        return client.eventNames();
    }
}
