package org.maraudersmap.e2e.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.e2e.OnSharedProduct;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;

/** A malformed frame closes the connection that it came on, and no other. */
@OnSharedProduct
class SocketGarbageIT {
    private final Api api;
    private final Session harry;
    private final SocketClients clients;
    private final SocketClient bystander;

    SocketGarbageIT(Product product) {
        api = product.api();
        harry = api.sessionOf(DemoUser.HARRY);
        clients = SocketClients.of(product);
        bystander = clients.connect(api.sessionOf(DemoUser.LUNA).accessToken());
    }

    @BeforeEach
    void connectBystander() {
        bystander.awaitWelcome();
    }

    @AfterEach
    void checkBystander() {
        try (clients) {
            var incident = api.report(harry, "After the garbage").path("id").asLong();
            bystander.awaitEvent("incident:created", payload -> payload.at("/incident/id").asLong() == incident);
            assertThat(bystander.disconnects()).isEmpty();
        }
    }

    /** The control: it is the garbage that closes connections. */
    @Test
    void should_keep_connection_that_sends_what_is_allowed() {
        try (var socket = RawSocket.connect(api, harry.accessToken())) {
            socket.send("427[\"heartbeat\"]");
            socket.awaitFrame("437[");
            socket.send("428[\"feed:subscribe\"]");
            socket.awaitFrame("438[");
            assertThat(socket.isClosed()).isFalse();
        }
    }

    static Stream<String> garbage() {
        return Stream.of(
                "mischief",
                "9",
                "49",
                "4mischief",
                "42{",
                "42[",
                "42[]",
                "42{\"room\":1}",
                "42[\"room:join\",{\"room\":",
                "42[\"connect\"]",
                "42/unknown,[\"room:join\"]",
                "40\"token\"",
                "451a-[\"room:join\"]",
                "459999999999-[\"room:join\"]",
                "42" + "[".repeat(50_000),
                "42[\"" + "x".repeat(3_000_000) + "\"]");
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void should_close_connection_that_sends_garbage(String frame) {
        try (var socket = RawSocket.connect(api, harry.accessToken())) {
            socket.send(frame);
            socket.awaitClose();
            assertThat(String.join("\n", socket.received())).doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void should_close_connection_that_sends_binary_nobody_announced() {
        try (var socket = RawSocket.connect(api, harry.accessToken())) {
            socket.sendBinary((byte) 1, (byte) 2, (byte) 3);
            socket.awaitClose();
        }
    }

    @Test
    void should_close_connection_that_announces_binary_and_sends_text() {
        try (var socket = RawSocket.connect(api, harry.accessToken())) {
            socket.send("451-[\"room:join\",{\"_placeholder\":true,\"num\":0}]");
            socket.send("42[\"heartbeat\"]");
            socket.awaitClose();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"42[\"room:join\",{\"room\":\"incident:1\"}]", "40{", "mischief"})
    void should_close_connection_that_does_not_begin_with_connecting(String frame) {
        try (var socket = RawSocket.open(api)) {
            socket.send(frame);
            socket.awaitClose();
            assertThat(String.join("\n", socket.received())).doesNotContain("connection:acknowledged");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"42[\"room:join\"]", "42[\"room:join\",null]", "42[\"room:join\",42]",
            "42[\"room:join\",{\"room\":{}}]", "42[\"authenticate\",{\"token\":7}]", "42[\"horcrux\",{}]",
            "42[\"typing:start\",[]]", "42[\"typing:start\"]", "42[\"typing:start\",{\"incidentId\":null}]",
            "42[\"typing:start\",{\"incidentId\":\"../1\"}]", "42[\"typing:stop\",{\"incidentId\":{}}]",
            "42[\"typing:stop\",7]"})
    void should_survive_events_that_make_no_sense(String frame) {
        // Well formed, so at most an error is told; a token that is none closes the socket, by the contract.
        try (var socket = RawSocket.connect(api, harry.accessToken())) {
            socket.send(frame);
            if (frame.contains("authenticate")) {
                socket.awaitDisconnect();
            } else {
                socket.send("429[\"heartbeat\"]");
                socket.awaitFrame("439[");
            }
            assertThat(String.join("\n", socket.received())).doesNotContain("Exception", "\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EIO=3&transport=polling", "EIO=4&transport=owl", "transport=polling", "EIO=4",
            "EIO=4&transport=polling&sid=unknown", "EIO=4&transport=websocket", "EIO=4&transport=polling&sid=%00"})
    void should_refuse_handshakes_that_are_none(String query) {
        var answer = api.get("/socket.io/?" + query, null);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.text()).doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mischief", "4", "49", "42[", "\u001e\u001e"})
    void should_end_polling_session_that_sends_garbage(String body) {
        var opened = api.get("/socket.io/?EIO=4&transport=polling", null).expect(200).text();
        var sid = Api.JSON.readTree(opened.substring(1)).path("sid").asString();
        var session = "/socket.io/?EIO=4&transport=polling&sid=" + sid;

        var posted = api.sendText("POST", session, null, body, "Content-Type", "text/plain");

        assertThat(posted.status()).isIn(200, 400);
        assertThat(posted.text()).doesNotContain("Exception", "\tat ");
        var polled = api.get(session, null);
        assertThat(polled.status() == 400 || polled.text().contains("1")).as("it is over: %s", polled).isTrue();
        assertThat(api.get(session, null).status()).as("the session is gone").isEqualTo(400);
    }

    @Test
    void should_close_connection_with_frames_that_are_no_websocket_frames() throws IOException {
        var base = URI.create(api.base());
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(5_000);
            var out = socket.getOutputStream();
            out.write(
                    """
                            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
                            Host: localhost\r
                            Upgrade: websocket\r
                            Connection: Upgrade\r
                            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                            Sec-WebSocket-Version: 13\r
                            \r
                            """.getBytes(StandardCharsets.US_ASCII));
            // A reserved opcode, a length beyond all measure, and no mask.
            out.write(new byte[]{(byte) 0x8F, (byte) 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 1, 2, 3});
            out.flush();

            var answered = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answered).startsWith("HTTP/1.1 101").doesNotContain("Exception");
        }
    }
}
