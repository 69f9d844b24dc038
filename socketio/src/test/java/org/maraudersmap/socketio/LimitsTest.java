package org.maraudersmap.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maraudersmap.socketio.testkit.Patience.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.socketio.engineio.EngineIoSettings;
import org.maraudersmap.socketio.engineio.TrustedProxies;
import org.maraudersmap.socketio.testkit.RawWebSocket;
import org.maraudersmap.socketio.testkit.TestServer;

@DisplayName("Limits")
class LimitsTest {
    private static final String POLLING = "EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    @Test
    void should_refuse_bodies_above_the_maximum() {
        try (var server = TestServer.start(settings -> settings.engine(engine -> engine.maxPayload(1000)))) {
            var sid = server.openPolling();
            assertThat(server.post(sid, "4" + "x".repeat(1000)).statusCode()).isEqualTo(413);
        }
    }

    @Test
    void should_refuse_long_addresses_and_headers() {
        try (var server = TestServer
                .start(settings -> settings.engine(engine -> engine.maxUriLength(200).maxHeaderBytes(500)))) {
            assertThat(server.get(POLLING + "&x=" + "y".repeat(180)).statusCode()).isEqualTo(414);
            assertThat(server.get(POLLING, "X-Long", "y".repeat(600)).statusCode()).isEqualTo(431);
            assertThat(server.get(POLLING).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void should_refuse_more_sessions_of_one_address_and_forget_those_that_ended() {
        try (var server = TestServer.start(settings -> settings.engine(engine -> engine.maxSessionsPerAddress(2)))) {
            var first = server.connectedWebSocket();
            var _ = server.openPolling();
            var refused = server.get(POLLING);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            try (var webSocket = RawWebSocket.open(server.port(), WEBSOCKET)) {
                assertThat(webSocket.status()).isEqualTo(429);
            }
            first.close();
            await().untilAsserted(() -> assertThat(server.get(POLLING).statusCode()).isEqualTo(200));
        }
    }

    @Test
    void should_count_sessions_by_the_address_behind_a_trusted_proxy() {
        try (var server = TestServer.start(settings -> settings.engine(engine -> engine.maxSessionsPerAddress(1)
                .addressResolver(new TrustedProxies(List.of("127.0.0.0/8", "::1")))))) {
            assertThat(server.get(POLLING, "X-Forwarded-For", "203.0.113.7").statusCode()).isEqualTo(200);
            assertThat(server.get(POLLING, "X-Forwarded-For", "203.0.113.8").statusCode()).isEqualTo(200);
            assertThat(server.get(POLLING, "X-Forwarded-For", "10.9.9.9, 203.0.113.7").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void should_refuse_more_sockets_of_one_user_and_forget_those_that_left() {
        try (var server = TestServer.start(settings -> settings.maxSocketsPerUser(1))) {
            server.main().use(_ -> Verdict.accept().user("harry"));
            var first = server.connectedWebSocket();
            try (var second = server.webSocket()) {
                second.send("40");
                assertThat(second.text())
                        .isEqualTo("44{\"message\":\"Too many sockets\",\"data\":{\"code\":\"TOO_MANY_SOCKETS\"}}");
                first.close();
                await().until(() -> server.main().sockets().isEmpty());
                second.send("40");
                assertThat(second.text()).startsWith("40{");
            }
        }
    }

    @Test
    void should_answer_events_that_come_too_fast_instead_of_handling_them() {
        var handled = new CopyOnWriteArrayList<String>();
        var timeStandsStill = SocketIoServer.builder().settings(SocketIoSettings.builder().eventsPerSecond(5).build())
                .ticker(() -> 0).build();
        try (var server = TestServer.start(timeStandsStill)) {
            server.main().on("x", (socket, event) -> handled.add("x"))
                    .onRateLimited((socket, event) -> event.ack(Map.of("code", "RATE_LIMITED")));
            try (var client = server.connectedWebSocket()) {
                for (var i = 0; i < 6; i++) {
                    client.send("42" + i + "[\"x\"]");
                }
                assertThat(client.text()).isEqualTo("435[{\"code\":\"RATE_LIMITED\"}]");
                assertThat(handled).hasSize(5);
            }
        }
    }

    @Test
    void should_stop_reading_from_a_client_whose_events_are_not_worked_off() {
        var gate = new CountDownLatch(1);
        var handled = new CopyOnWriteArrayList<Integer>();
        try (var server = TestServer.start(settings -> settings.maxPendingEvents(10).eventsPerSecond(100_000))) {
            server.main().on("n", Integer.class, (socket, n, event) -> {
                gate.await();
                handled.add(n);
            });
            var sid = server.openPolling();
            server.post(sid, "40");
            assertThat(server.poll(sid).body()).startsWith("40");
            var payload = new StringBuilder();
            for (var i = 0; i < 50; i++) {
                payload.append(i == 0 ? "" : "\u001e").append("42[\"n\",").append(i).append(']');
            }
            server.post(sid, payload.toString());
            var held = server.request("POST", POLLING + "&sid=" + sid, "42[\"n\",50]");
            await().during(Duration.ofMillis(200)).until(() -> !held.isDone());
            gate.countDown();
            assertThat(held.join().body()).isEqualTo("ok");
            await().until(() -> handled.size() == 51);
            assertThat(handled).isSorted();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_close_a_client_that_does_not_read_and_nobody_else(boolean byBytes) throws Exception {
        try (var server = TestServer.start(settings -> settings.engine(
                engine -> byBytes ? engine.maxQueuedBytes(200_000) : engine.maxQueuedPackets(20)))) {
            try (var stalled = new Socket(); var reader = server.connectedWebSocket()) {
                stalled.setReceiveBufferSize(4096);
                stalled.connect(new InetSocketAddress("localhost", server.port()));
                var webSocket = RawWebSocket.open(stalled, WEBSOCKET, false);
                webSocket.send("40");
                server.connected(2);
                var text = "x".repeat(50_000);
                var sent = new int[1];
                await().atMost(Duration.ofSeconds(20)).until(() -> {
                    server.main().emit("bulk", text, sent[0]++);
                    var expected = sent[0];
                    await().until(() -> reader.frames().size() >= expected);
                    return !server.disconnected(0).isEmpty();
                });
                assertThat(server.disconnected(1)).containsExactly(DisconnectReason.SLOW_CONSUMER);
                assertThat(reader.isOpen()).isTrue();
                assertThat(server.main().sockets()).hasSize(1);
            }
        }
    }

    @Test
    void should_drop_volatile_messages_for_who_does_not_keep_up() throws Exception {
        try (var server = TestServer.start()) {
            try (var stalled = new Socket()) {
                stalled.setReceiveBufferSize(4096);
                stalled.connect(new InetSocketAddress("localhost", server.port()));
                var webSocket = RawWebSocket.open(stalled, WEBSOCKET, false);
                webSocket.send("40");
                var socket = server.connected(1).getFirst();
                var text = "x".repeat(100_000);
                for (var i = 0; i < 2000; i++) {
                    server.main().broadcast().volatileOnly().emit("bulk", text);
                    socket.emitVolatile("bulk", text);
                }
                assertThat(socket.isConnected()).isTrue();
            }
            var sid = server.openPolling();
            server.post(sid, "40");
            assertThat(server.poll(sid).body()).startsWith("40");
            server.main().broadcast().volatileOnly().emit("nobody polls");
            server.main().emit("kept");
            assertThat(server.poll(sid).body()).isEqualTo("42[\"kept\"]");
        }
    }

    @ParameterizedTest
    @CsvSource({"https://app.example.org, true", "https://evil.example.org, false", "null, false",
            "http://localhost:PORT, true", "http://localhost:1, false"})
    void should_check_the_origin_of_polling_and_upgrade_alike(String template, boolean allowed) {
        try (var server = TestServer
                .start(settings -> settings.engine(engine -> engine.allowedOrigins("https://app.example.org")))) {
            var origin = template.replace("PORT", Integer.toString(server.port()));
            var answer = server.get(POLLING, "Origin", origin);
            assertThat(answer.statusCode()).isEqualTo(allowed ? 200 : 403);
            assertThat(answer.headers().firstValue("access-control-allow-origin").isPresent()).isEqualTo(allowed);
            if (allowed) {
                assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(origin);
                assertThat(answer.headers().firstValue("access-control-allow-credentials")).contains("true");
                assertThat(answer.headers().firstValue("vary")).contains("Origin");
            }
            var preflight = server.request("OPTIONS", POLLING, "", "Origin", origin,
                    "Access-Control-Request-Headers", "x-house").join();
            assertThat(preflight.statusCode()).isEqualTo(allowed ? 204 : 403);
            assertThat(preflight.headers().firstValue("access-control-allow-headers").isPresent())
                    .isEqualTo(allowed);
            try (var webSocket = RawWebSocket.open(server.port(), WEBSOCKET,
                    "Origin: " + origin.replace("localhost:" + server.port(), "localhost"))) {
                assertThat(webSocket.status()).isEqualTo(allowed ? 101 : 403);
            }
        }
    }

    @Test
    void should_let_every_origin_in_if_told_to() {
        try (var server = TestServer.start(settings -> settings.engine(engine -> engine.allowedOrigins("*")))) {
            assertThat(server.get(POLLING, "Origin", "https://anyone.example.org").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void should_name_a_wrong_setting_its_value_and_what_is_allowed() {
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineIoSettings.builder().maxPayload(0).build())
                .withMessage("Engine.IO setting maxPayload is 0; it must be greater than zero");
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineIoSettings.builder().path("socket.io").build()).withMessageContaining("slash");
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineIoSettings.builder().pingTimeout(Duration.ZERO).build())
                .withMessageContaining("pingTimeout");
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketIoSettings.builder().eventsPerSecond(0).build())
                .withMessage("Socket.IO setting eventsPerSecond is 0; it must be greater than zero");
        Assertions.assertThatIllegalArgumentException().isThrownBy(() -> SocketIoServer.create().of("chat"))
                .withMessageContaining("'chat'");
        Assertions.assertThatIllegalArgumentException().isThrownBy(() -> new TrustedProxies(List.of("10.0.0.0/33")))
                .withMessageContaining("10.0.0.0/33");
        Assertions.assertThatIllegalArgumentException().isThrownBy(() -> new TrustedProxies(List.of("proxy.local")));
        Assertions.assertThatIllegalArgumentException().isThrownBy(() -> new TrustedProxies(List.of("10.0.0.0/x")));
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3, '', 10.1.2.3", "10.1.2.3, 198.51.100.1, 198.51.100.1",
            "192.0.2.1, 198.51.100.1, 192.0.2.1", "10.1.2.3, '198.51.100.1, 10.255.0.1', 198.51.100.1",
            "10.1.2.3, '1.1.1.1, 198.51.100.1', 198.51.100.1", "10.1.2.3, nonsense, 10.1.2.3",
            "fd00::1, 2001:db8::1, 2001:db8:0:0:0:0:0:1"})
    void should_believe_proxies_as_far_as_they_are_trusted(String peer, String forwarded, String client)
            throws Exception {
        var resolver = new TrustedProxies(List.of("10.0.0.0/8", "fd00::/8"));
        try (var server = TestServer.start(settings -> settings.engine(engine -> engine
                .addressResolver((_, headers) -> resolver.resolve(InetAddress.ofLiteral(peer), headers))))) {
            var seen = new CopyOnWriteArrayList<String>();
            server.main().use(handshake -> {
                seen.add(handshake.remoteAddress().getHostAddress());
                return Verdict.accept();
            });
            try (var client1 = forwarded.isEmpty()
                    ? server.webSocket()
                    : server.webSocket("X-Forwarded-For: " + forwarded)) {
                client1.send("40");
                var _ = client1.next();
            }
            assertThat(seen).containsExactly(client);
        }
    }
}
