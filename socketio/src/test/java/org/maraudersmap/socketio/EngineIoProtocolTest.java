package org.maraudersmap.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maraudersmap.socketio.testkit.Patience.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.socketio.engineio.EngineIoMetrics;
import org.maraudersmap.socketio.testkit.RawWebSocket;
import org.maraudersmap.socketio.testkit.TestServer;

@DisplayName("Engine.IO 4")
class EngineIoProtocolTest {
    private static final String POLLING = "EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    // With the default times: a client that takes long, on a machine that has much to do, must not be taken for dead.
    private final TestServer server = TestServer
            .start(settings -> settings.engine(engine -> engine.maxPayload(10_000)));

    @AfterEach
    void stop() {
        server.close();
    }

    @Nested
    @DisplayName("Protocol: handshake")
    class HandshakeSection {

        @Test
        void should_open_a_polling_session_that_offers_websocket() {
            var answer = server.get(POLLING);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).matches("0\\{\"sid\":\"[\\w-]{20}\",\"upgrades\":\\[\"websocket\"],"
                    + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":10000}");
        }

        @Test
        void should_open_a_websocket_session_that_offers_no_upgrade() {
            try (var webSocket = RawWebSocket.open(server.port(), WEBSOCKET)) {
                assertThat(webSocket.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
                assertThat(webSocket.next().text()).startsWith("0{\"sid\":").contains("\"upgrades\":[]");
            }
        }

        @ParameterizedTest
        @CsvSource({"GET, EIO=4, 0, Transport unknown", "GET, EIO=4&transport=carrier-pigeon, 0, Transport unknown",
                "GET, transport=polling, 5, Unsupported protocol version",
                "GET, EIO=3&transport=polling, 5, Unsupported protocol version",
                "GET, EIO=abc&transport=polling, 5, Unsupported protocol version",
                "POST, EIO=4&transport=polling, 2, Bad handshake method",
                "PUT, EIO=4&transport=polling, 2, Bad handshake method",
                "GET, EIO=4&transport=polling&sid=nobody, 1, Session ID unknown",
                "GET, EIO=4&transport=websocket, 3, Bad request",
                "GET, EIO=4&transport=websocket&sid=nobody, 1, Session ID unknown"})
        void should_refuse_what_is_no_handshake(String method, String query, int code, String message) {
            var answer = server.request(method, query, "").join();

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("{\"code\":%d,\"message\":\"%s\"}".formatted(code, message));
        }

        @Test
        void should_refuse_a_websocket_of_another_version() {
            try (var webSocket = RawWebSocket.open(server.port(), "/socket.io/?EIO=3&transport=websocket")) {
                assertThat(webSocket.status()).isEqualTo(400);
            }
        }

        private static final String GOOD_KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

        @ParameterizedTest
        @CsvSource({"GET, 1.1, websocket, Upgrade, 13, dGhlIHNhbXBsZSBub25jZQ==, 101",
                "GET, 1.1, h2c/websocket, keep-alive/upgrade, 13, dGhlIHNhbXBsZSBub25jZQ==, 101",
                "GET, 1.1, websocket, Upgrade, 13, dGhlIHNhbXBsZQ==, 400",
                "GET, 1.1, websocket, Upgrade, 13, x, 400",
                "GET, 1.1, websocket, Upgrade, 13, dGhlIHNhbXBsZSBub25jZQ!!, 400",
                "GET, 1.1, websocket, Upgrade, 13, '', 400",
                "GET, 1.0, websocket, Upgrade, 13, dGhlIHNhbXBsZSBub25jZQ==, 400",
                "POST, 1.1, websocket, Upgrade, 13, dGhlIHNhbXBsZSBub25jZQ==, 400",
                "GET, 1.1, websocket, keep-alive, 13, dGhlIHNhbXBsZSBub25jZQ==, 400",
                "GET, 1.1, websocket, notupgrade, 13, dGhlIHNhbXBsZSBub25jZQ==, 400",
                "GET, 1.1, h2c, Upgrade, 13, dGhlIHNhbXBsZSBub25jZQ==, 400",
                "GET, 1.1, websocket, Upgrade, '', dGhlIHNhbXBsZSBub25jZQ==, 426",
                "GET, 1.1, websocket, Upgrade, 8, dGhlIHNhbXBsZSBub25jZQ==, 426",
                "GET, 1.1, websocket, Upgrade, 14, dGhlIHNhbXBsZSBub25jZQ==, 426"})
        void should_open_a_websocket_only_as_its_rfc_says(String method, String http, String upgrade,
                String connection, String version, String key, int status) throws Exception {
            for (var query : List.of(WEBSOCKET, WEBSOCKET + "&sid=" + server.openPolling())) {
                try (var tcp = server.tcp()) {
                    var request = """
                            %s %s HTTP/%s\r
                            Host: x\r
                            Upgrade: %s\r
                            Connection: %s\r
                            Sec-WebSocket-Version: %s\r
                            Sec-WebSocket-Key: %s\r
                            \r
                            """.formatted(method, query, http, upgrade.replace("/", ", "),
                            connection.replace("/", ", "), version, key);
                    tcp.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                    var head = head(tcp);
                    assertThat(head).startsWith("HTTP/1.1 " + status);
                    if (status == 426) {
                        assertThat(head).containsIgnoringCase("\r\nsec-websocket-version: 13\r\n")
                                .containsIgnoringCase("\r\nupgrade: websocket\r\n")
                                .containsIgnoringCase("\r\nconnection: upgrade\r\n");
                    }
                }
            }
        }

        @Test
        void should_refuse_a_websocket_with_two_keys() {
            try (var webSocket = RawWebSocket.open(server.port(), WEBSOCKET, GOOD_KEY)) {
                assertThat(webSocket.status()).isEqualTo(400);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://localhost/socket.io/", "HTTP://x:80/socket.io", "https://x/socket.io/"})
        void should_take_requests_that_name_the_host(String target) throws Exception {
            try (var tcp = server.tcp()) {
                tcp.getOutputStream().write(("GET " + target + "?" + POLLING + " HTTP/1.1\r\nHost: x\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                assertThat(firstLine(tcp)).isEqualTo("HTTP/1.1 200 OK");
            }
            try (var webSocket = RawWebSocket.open(server.port(), target + "?EIO=4&transport=websocket")) {
                assertThat(webSocket.status()).isEqualTo(101);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://x", "http://x/other", "http://x?/socket.io/", "ftp://x/socket.io/"})
        void should_leave_other_hosts_paths_alone(String target) throws Exception {
            try (var tcp = server.tcp()) {
                tcp.getOutputStream().write(
                        ("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                assertThat(firstLine(tcp)).isEqualTo("HTTP/1.1 404 Not Found");
            }
        }

        @Test
        void should_offer_only_the_transports_that_are_allowed() {
            try (var pollingOnly = TestServer.start(settings -> settings
                    .engine(engine -> engine.transports(Set.of(EngineIoMetrics.Transport.POLLING))))) {
                assertThat(pollingOnly.get(POLLING).body()).contains("\"upgrades\":[]");
                try (var webSocket = RawWebSocket.open(pollingOnly.port(), WEBSOCKET)) {
                    assertThat(webSocket.status()).isEqualTo(400);
                }
            }
        }

        @Test
        void should_do_without_the_trailing_slash() throws Exception {
            try (var tcp = server.tcp()) {
                tcp.getOutputStream().write(("GET /socket.io?" + POLLING + " HTTP/1.1\r\nHost: x\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                assertThat(firstLine(tcp)).isEqualTo("HTTP/1.1 200 OK");
            }
        }

        @Test
        void should_leave_other_paths_alone() throws Exception {
            try (var tcp = server.tcp()) {
                tcp.getOutputStream().write(
                        "GET /socket.io/socket.io.js HTTP/1.1\r\nHost: x\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
                assertThat(firstLine(tcp)).isEqualTo("HTTP/1.1 404 Not Found");
            }
        }
    }

    @Nested
    @DisplayName("Transports: HTTP long-polling")
    class PollingSection {

        @Test
        void should_answer_several_packets_separated_by_the_record_separator() throws Exception {
            var emitted = new CountDownLatch(1);
            server.main().on("twice", (socket, event) -> {
                socket.emit("one");
                socket.emit("two");
                emitted.countDown();
            });
            var sid = server.openPolling();
            server.post(sid, "40");
            // Not before it is accepted: who says more than CONNECT until then is sent away.
            assertThat(server.poll(sid).body()).matches("40\\{\"sid\":\"[\\w-]+\"}");

            assertThat(server.post(sid, "42[\"twice\"]\u001e42[\"unheard\"]").body()).isEqualTo("ok");

            emitted.await();
            assertThat(server.poll(sid).body()).isEqualTo("42[\"one\"]\u001e42[\"two\"]");
        }

        @Test
        void should_carry_binary_in_base64() {
            server.main().on("echo", (socket, event) -> socket.emit("back", event.args().toArray()));
            var sid = server.openPolling();
            server.post(sid, "40");
            assertThat(server.poll(sid).body()).startsWith("40");

            server.post(sid, "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");

            assertThat(server.poll(sid).body())
                    .isEqualTo("451-[\"back\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");
        }

        @Test
        void should_take_base64_in_lines() {
            var received = new CopyOnWriteArrayList<byte[]>();
            server.main().on("echo", (_, event) -> received.add(event.arg(0).binaryValue()));
            var bytes = new byte[1000];
            new Random(1).nextBytes(bytes);
            for (var encoder : List.of(Base64.getMimeEncoder(), Base64.getMimeEncoder(76, new byte[]{'\n'}))) {
                var sid = server.openPolling();
                server.post(sid, "40");
                assertThat(server.poll(sid).body()).startsWith("40");
                server.post(sid, "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]\u001eb"
                        + encoder.encodeToString(bytes) + "\n");
                await().until(() -> !received.isEmpty());
                assertThat(received.removeFirst()).isEqualTo(bytes);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"b A QI", "abc", "x", "4\u001e", "7", "b!!!", "2probe", "5", "4x"})
        void should_close_the_session_on_a_malformed_payload(String body) {
            var sid = server.openPolling();

            assertThat(server.post(sid, body).statusCode()).isIn(400, 200);

            assertThat(server.poll(sid).statusCode()).isEqualTo(400);
        }

        @Test
        void should_refuse_a_payload_that_is_no_utf8() throws Exception {
            var sid = server.openPolling();
            try (var tcp = server.tcp()) {
                tcp.getOutputStream().write(("POST /socket.io/?" + POLLING + "&sid=" + sid
                        + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                tcp.getOutputStream().write(new byte[]{'4', (byte) 0xc3, (byte) 0x28});
                assertThat(firstLine(tcp)).isEqualTo("HTTP/1.1 400 Bad Request");
            }
            assertThat(server.poll(sid).statusCode()).isEqualTo(400);
        }

        @Test
        void should_close_the_session_on_two_polls_at_once() {
            var sid = server.openPolling();
            var first = server.request("GET", POLLING + "&sid=" + sid, "");
            var second = server.request("GET", POLLING + "&sid=" + sid, "");

            var bodies = Set.of(first.join().body(), second.join().body());

            assertThat(bodies).contains("1").anyMatch(body -> body.contains("Bad request"));
            assertThat(server.poll(sid).statusCode()).isEqualTo(400);
        }

        @Test
        void should_close_the_session_when_a_poll_is_given_up() throws Exception {
            var sid = server.openPolling();
            server.post(sid, "40");
            assertThat(server.poll(sid).body()).startsWith("40");
            try (var tcp = server.tcp()) {
                tcp.getOutputStream().write(("GET /socket.io/?" + POLLING + "&sid=" + sid
                        + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                await().during(Duration.ofMillis(100)).until(() -> tcp.getInputStream().available() == 0);
            }
            assertThat(server.disconnected(1)).containsExactly(DisconnectReason.TRANSPORT_CLOSE);
        }

        @Test
        void should_refuse_other_methods() {
            var sid = server.openPolling();
            assertThat(server.request("PUT", POLLING + "&sid=" + sid, "4").join().statusCode()).isEqualTo(400);
        }

        @Test
        void should_answer_requests_that_are_pipelined_in_order() throws Exception {
            try (var tcp = server.tcp()) {
                var open = "GET /socket.io/?" + POLLING + " HTTP/1.1\r\nHost: x\r\n\r\n";
                var other = "GET /socket.io/?EIO=4 HTTP/1.1\r\nHost: x\r\n\r\n";
                var last = "GET /other HTTP/1.1\r\nHost: x\r\n\r\n";
                tcp.getOutputStream().write((open + other + open + last).getBytes(StandardCharsets.ISO_8859_1));
                var text = new String(tcp.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text.replaceAll("(?s)HTTP/1.1 (\\d+).*?(?=HTTP/1.1|\\z)", "$1 "))
                        .isEqualTo("200 400 200 404 ");
            }
        }

        @Test
        void should_say_continue_when_asked() throws Exception {
            var sid = server.openPolling();
            try (var tcp = server.tcp()) {
                tcp.getOutputStream().write(("POST /socket.io/?" + POLLING + "&sid=" + sid
                        + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                assertThat(firstLine(tcp)).isEqualTo("HTTP/1.1 100 Continue");
                tcp.getOutputStream().write("40".getBytes(StandardCharsets.ISO_8859_1));
                assertThat(server.connected(1)).hasSize(1);
            }
        }
    }

    @Nested
    @DisplayName("Transports: WebSocket")
    class WebSocketSection {

        @ParameterizedTest
        @ValueSource(strings = {"abc", "", "7", "2probe", "4", "4x"})
        void should_close_the_session_on_a_malformed_packet(String packet) {
            try (var webSocket = server.webSocket()) {
                webSocket.send(packet);
                assertThat(webSocket.awaitClose()).isEqualTo(1007);
            }
        }

        @Test
        void should_close_on_text_that_is_no_utf8() {
            try (var webSocket = server.webSocket()) {
                webSocket.frame(0x81, new byte[]{'4', (byte) 0xc3, (byte) 0x28});
                assertThat(webSocket.awaitClose()).isEqualTo(1007);
            }
        }

        @Test
        void should_put_fragments_together() {
            server.main().on("echo", (socket, event) -> socket.emit("back", event.args().toArray()));
            try (var webSocket = server.connectedWebSocket()) {
                webSocket.frame(0x01, "42[\"ec".getBytes(StandardCharsets.UTF_8));
                webSocket.frame(0x89, new byte[]{9});
                webSocket.frame(0x00, "ho\",\"a".getBytes(StandardCharsets.UTF_8));
                webSocket.frame(0x80, "bc\"]".getBytes(StandardCharsets.UTF_8));

                var pong = webSocket.next();
                assertThat(pong.opcode()).isEqualTo(10);
                assertThat(pong.data()).containsExactly(9);
                assertThat(webSocket.text()).isEqualTo("42[\"back\",\"abc\"]");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0x80, 0x83, 0xc1, 0x09})
        void should_close_on_frames_that_make_no_sense(int firstByte) {
            try (var webSocket = server.webSocket()) {
                webSocket.frame(firstByte, "40".getBytes(StandardCharsets.UTF_8));
                assertThat(webSocket.awaitClose()).isEqualTo(1002);
            }
        }

        @Test
        void should_close_on_frames_without_mask() {
            try (var webSocket = server.webSocket()) {
                webSocket.raw(new byte[]{(byte) 0x81, 2, '4', '0'});
                assertThat(webSocket.awaitClose()).isEqualTo(1002);
            }
        }

        @Test
        void should_close_on_messages_above_the_maximum() {
            try (var webSocket = server.webSocket()) {
                webSocket.frame(0x81, new byte[10_001]);
                assertThat(webSocket.awaitClose()).isEqualTo(1009);
            }
            try (var webSocket = server.webSocket()) {
                webSocket.frame(0x01, new byte[6_000]);
                webSocket.frame(0x80, new byte[6_000]);
                assertThat(webSocket.awaitClose()).isEqualTo(1009);
            }
        }

        @Test
        void should_return_the_close_frame() {
            try (var webSocket = server.connectedWebSocket()) {
                webSocket.frame(0x88, new byte[]{(byte) (1001 >> 8), (byte) 1001});
                assertThat(webSocket.awaitClose()).isEqualTo(1001);
                assertThat(server.disconnected(1)).containsExactly(DisconnectReason.TRANSPORT_CLOSE);
            }
        }

        @Test
        void should_notice_a_lost_connection_within_a_second() {
            var webSocket = server.connectedWebSocket();
            webSocket.close();
            await().atMost(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(server.disconnected(1)).isNotEmpty());
            assertThat(server.server().sessionCount()).isZero();
        }

        @Test
        void should_send_base64_texts_to_clients_that_ask_for_b64() {
            server.main().on("echo", (socket, event) -> socket.emit("back", event.args().toArray()));
            try (var webSocket = RawWebSocket.open(server.port(), WEBSOCKET + "&b64=1")) {
                var _ = webSocket.next();
                webSocket.send("40");
                var _ = webSocket.next();
                webSocket.send("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
                webSocket.send("b" + Base64.getEncoder().encodeToString(new byte[]{1, 2, 3}));

                assertThat(webSocket.text()).isEqualTo("451-[\"back\",{\"_placeholder\":true,\"num\":0}]");
                assertThat(webSocket.text()).isEqualTo("bAQID");
            }
        }
    }

    @Nested
    @DisplayName("Protocol: upgrade")
    class UpgradeSection {

        private RawWebSocket upgrade(String sid) {
            return RawWebSocket.open(server.port(), WEBSOCKET + "&sid=" + sid);
        }

        @Test
        void should_move_a_session_to_websocket_without_losing_a_message() {
            server.main().on("echo", (socket, event) -> socket.emit("back", event.args().toArray()));
            var sid = server.openPolling();
            server.post(sid, "40");
            assertThat(server.poll(sid).body()).startsWith("40");
            var poll = server.request("GET", POLLING + "&sid=" + sid, "");

            try (var webSocket = upgrade(sid)) {
                webSocket.send("2probe");
                assertThat(webSocket.text()).isEqualTo("3probe");
                assertThat(poll.join().body()).isEqualTo("6");
                // Between the client's last poll and its "5" messages wait.
                server.connected(1).getFirst().emit("meanwhile");
                webSocket.send("5");
                assertThat(webSocket.text()).isEqualTo("42[\"meanwhile\"]");
                webSocket.send("42[\"echo\",1]");
                assertThat(webSocket.text()).isEqualTo("42[\"back\",1]");
                assertThat(server.poll(sid).statusCode()).isEqualTo(400);
            }
        }

        @Test
        void should_end_a_poll_that_comes_during_the_upgrade() {
            var sid = server.openPolling();
            try (var webSocket = upgrade(sid)) {
                webSocket.send("2probe");
                assertThat(webSocket.text()).isEqualTo("3probe");
                assertThat(server.poll(sid).body()).isEqualTo("6");
            }
        }

        @Test
        void should_close_a_second_websocket_of_the_same_session() {
            var sid = server.openPolling();
            try (var webSocket = upgrade(sid); var second = upgrade(sid)) {
                var _ = second.awaitClose();
                webSocket.send("2probe");
                assertThat(webSocket.text()).isEqualTo("3probe");
                webSocket.send("5");
                webSocket.send("40");
                assertThat(webSocket.text()).startsWith("40");
                try (var third = upgrade(sid)) {
                    var _ = third.awaitClose();
                }
                assertThat(webSocket.isOpen()).isTrue();
            }
        }

        @Test
        void should_give_up_an_upgrade_that_takes_too_long_and_go_on_polling() {
            try (var impatient = TestServer
                    .start(settings -> settings.engine(engine -> engine.upgradeTimeout(Duration.ofMillis(300))))) {
                var sid = impatient.openPolling();
                try (var webSocket = RawWebSocket.open(impatient.port(), WEBSOCKET + "&sid=" + sid)) {
                    webSocket.send("2probe");
                    var _ = webSocket.awaitClose();
                }
                impatient.post(sid, "40");
                assertThat(impatient.poll(sid).body()).startsWith("40{");
            }
        }

        @Test
        void should_close_only_the_websocket_when_it_begins_with_anything_but_a_probe() {
            var sid = server.openPolling();
            try (var webSocket = upgrade(sid)) {
                webSocket.send("40");
                var _ = webSocket.awaitClose();
            }
            assertThat(server.post(sid, "40").body()).isEqualTo("ok");
        }

        @Test
        void should_refuse_upgrades_when_they_are_off() {
            try (var noUpgrades = TestServer
                    .start(settings -> settings.engine(engine -> engine.allowUpgrades(false)))) {
                var sid = noUpgrades.openPolling();
                try (var webSocket = RawWebSocket.open(noUpgrades.port(), WEBSOCKET + "&sid=" + sid)) {
                    assertThat(webSocket.status()).isEqualTo(400);
                }
            }
        }
    }

    @Nested
    @DisplayName("Protocol: heartbeat")
    class HeartbeatSection {
        /** Time enough to connect in, however busy the machine is. */
        private static final Duration PATIENCE = Duration.ofSeconds(2);

        private static TestServer heartbeat(Duration interval, Duration timeout, Duration silence) {
            return TestServer.start(settings -> settings.engine(
                    engine -> engine.pingInterval(interval).pingTimeout(timeout).maxSilence(silence)));
        }

        @Test
        void should_keep_a_session_whose_client_answers_pings() {
            try (var asking = heartbeat(Duration.ofMillis(50), Duration.ofMinutes(1), Duration.ofMinutes(2))) {
                var sid = asking.openPolling();
                for (var i = 0; i < 3; i++) {
                    assertThat(asking.poll(sid).body()).isEqualTo("2");
                    assertThat(asking.post(sid, "3").body()).isEqualTo("ok");
                }
            }
        }

        @Test
        void should_close_sessions_that_do_not_answer() {
            try (var strict = heartbeat(Duration.ofMillis(50), PATIENCE, Duration.ofMinutes(2))) {
                var sid = strict.openPolling();
                try (var webSocket = strict.connectedWebSocket()) {
                    assertThat(webSocket.awaitClose()).isEqualTo(1000);
                    assertThat(strict.disconnected(1)).containsExactly(DisconnectReason.PING_TIMEOUT);
                }
                assertThat(strict.poll(sid).statusCode()).isEqualTo(400);
                assertThat(strict.server().sessionCount()).isZero();
            }
        }

        @Test
        void should_close_a_silent_session_earlier_if_told_to() {
            try (var strict = heartbeat(Duration.ofMillis(50), Duration.ofMinutes(1), PATIENCE);
                    var webSocket = strict.connectedWebSocket()) {
                var _ = webSocket.awaitClose();
                assertThat(strict.disconnected(1)).containsExactly(DisconnectReason.PING_TIMEOUT);
            }
        }

        @Test
        void should_count_every_packet_as_a_sign_of_life() {
            try (var webSocket = server.connectedWebSocket()) {
                var socket = server.connected(1).getFirst();
                var before = socket.lastSeen();
                await().until(() -> {
                    webSocket.send("3");
                    return socket.lastSeen().isAfter(before);
                });
            }
        }
    }

    @Nested
    @DisplayName("Protocol: close")
    class CloseSection {

        @Test
        void should_end_the_poll_of_a_polling_client_that_closes() {
            var sid = server.openPolling();
            var poll = server.request("GET", POLLING + "&sid=" + sid, "");
            await().during(Duration.ofMillis(50)).until(() -> !poll.isDone());

            assertThat(server.post(sid, "1").body()).isEqualTo("ok");

            assertThat(poll.join().body()).isEqualTo("6");
            assertThat(server.poll(sid).statusCode()).isEqualTo(400);
        }

        @Test
        void should_end_a_poll_that_the_close_has_overtaken_once() {
            var sid = server.openPolling();
            server.post(sid, "1");

            assertThat(server.poll(sid).body()).isEqualTo("6");
            assertThat(server.poll(sid).statusCode()).isEqualTo(400);
        }

        @Test
        void should_close_the_websocket_of_a_client_that_closes() {
            try (var webSocket = server.connectedWebSocket()) {
                webSocket.send("1");
                assertThat(webSocket.awaitClose()).isEqualTo(1000);
                assertThat(server.disconnected(1)).containsExactly(DisconnectReason.TRANSPORT_CLOSE);
            }
        }

        @Test
        void should_tell_a_polling_client_that_the_server_closes() {
            var sid = server.openPolling();
            server.post(sid, "40");
            assertThat(server.poll(sid).body()).startsWith("40");
            var poll = server.request("GET", POLLING + "&sid=" + sid, "");
            await().during(Duration.ofMillis(50)).until(() -> !poll.isDone());

            server.connected(1).getFirst().closeConnection();

            assertThat(poll.join().body()).isEqualTo("1");
        }
    }

    private static String firstLine(java.net.Socket tcp) throws IOException {
        var line = new StringBuilder();
        for (var c = tcp.getInputStream().read(); c != '\r' && c >= 0; c = tcp.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static String head(java.net.Socket tcp) throws IOException {
        var head = new StringBuilder();
        for (var c = tcp.getInputStream().read(); c >= 0; c = tcp.getInputStream().read()) {
            head.append((char) c);
            if (c == '\n' && head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }
}
