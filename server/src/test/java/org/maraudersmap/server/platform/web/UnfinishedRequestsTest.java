package org.maraudersmap.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.OwnProductTest;
import org.slf4j.LoggerFactory;
import org.springframework.test.context.TestPropertySource;

/** Nobody who sends half of something keeps anything for long. */
@OwnProductTest
@TestPropertySource(properties = {"REQUEST_TIMEOUT=1s", "IDLE_TIMEOUT=2s", "MAX_BYTES_IN_FLIGHT=1000000",
        "MAX_CONNECTIONS_PER_ADDRESS=60"})
class UnfinishedRequestsTest {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SOON_MILLIS = 900;
    private static final int SHORT_MILLIS = 50;
    private static final int MORE_THAN_IS_KEPT = 1_000_000;
    private static final String HEADERS = " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: localhost\r\n";
    /** Its answer is one JSON object with none in it. */
    private static final String NOT_SIGNED_IN = "GET /api/incidents HTTP/1.1\r\nHost: localhost\r\n";
    private static final String LOGIN = "POST /api/auth/login" + HEADERS;

    private final Api api;
    private final ConnectionBudget budget;
    private final List<Socket> sockets = new ArrayList<>();

    UnfinishedRequestsTest(Api api, ConnectionBudget budget) {
        this.api = api;
        this.budget = budget;
    }

    @AfterEach
    void close() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        await().untilAsserted(() -> assertThat(budget.countNetworksInMemory()).isLessThanOrEqualTo(1));
    }

    private Socket send(String text) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        sockets.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String statusLineOf(Socket socket, int patienceMillis) throws IOException {
        socket.setSoTimeout(patienceMillis);
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /api/inci", "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Half: y",
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"})
    void should_close_a_connection_whose_request_never_comes(String beginning) throws IOException {
        assertThat(readAll(send(beginning))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000\r\n\r\n{\"email\":",
            "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"ema\r\n"})
    void should_answer_that_a_body_took_too_long(String half) throws IOException {
        assertThat(readAll(send(LOGIN + half))).startsWith("HTTP/1.1 408 ")
                .contains("application/problem+json")
                .contains("REQUEST_TIMEOUT");
    }

    @Test
    void should_close_a_kept_alive_connection_that_is_used_no_more() throws IOException {
        assertThat(readAll(send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void should_leave_alone_a_long_poll_that_waits_for_its_answer() throws IOException {
        var opened = send("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var open = new String(opened.getInputStream().readNBytes(400), StandardCharsets.US_ASCII);
        var sid = open.split("\"sid\":\"", 2)[1].split("\"", 2)[0];
        var poll = send("GET /socket.io/?EIO=4&transport=polling&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        poll.setSoTimeout(4_000);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> poll.getInputStream().read()))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /socket.io/?EIO=4&transport=polling&sid=abc|400",
            "POST /socket.io/?EIO=4&transport=polling|400",
            "POST /api/incidents|401", "PUT /api/auth/change-password|401"})
    void should_answer_nobody_before_the_body(String requestAndStatus) throws IOException {
        var parts = requestAndStatus.split("\\|", 2);
        var socket = send(parts[0] + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 131000\r\n\r\n" + "x".repeat(1_000));
        assertThat(statusLineOf(socket, SOON_MILLIS)).isEqualTo("HTTP/1.1 " + parts[1]);
    }

    @Test
    void should_answer_a_type_that_is_not_read_before_the_body() throws IOException {
        var socket = send("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 131000\r\n\r\nemail=");
        assertThat(statusLineOf(socket, SOON_MILLIS)).isEqualTo("HTTP/1.1 415");
    }

    @Test
    void should_serve_the_next_request_after_a_body_that_was_not_read() throws IOException {
        var body = "x".repeat(100_000);
        var socket = send("POST /api/incidents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body
                + "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(readAll(socket)).startsWith("HTTP/1.1 401 ").contains("HTTP/1.1 200 ");
    }

    @Test
    void should_close_the_connection_that_is_one_too_many() throws IOException {
        for (var open = 0; open < 60; open++) {
            send("");
        }
        assertThat(send("").getInputStream().read()).isEqualTo(-1);
        sockets.getFirst().close();
        await().untilAsserted(() -> assertThat(
                statusLineOf(send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"), PATIENCE_MILLIS))
                .isEqualTo("HTTP/1.1 200"));
    }

    @Test
    void should_refuse_bodies_when_too_many_bytes_wait_and_forget_them_with_their_connections() throws IOException {
        var half = LOGIN + "Content-Length: 100000\r\n\r\n" + "x".repeat(90_000);
        var refused = 0;
        for (var sent = 0; sent < 5; sent++) {
            try {
                var socket = send(half);
                socket.setSoTimeout(200);
                refused += new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)
                        .endsWith("503") ? 1 : 0;
            } catch (SocketTimeoutException waiting) {
                // It is read.
            } catch (SocketException cut) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(3);
        close();
        assertThat(
                api.post("/api/auth/login", null, Map.of("email", "nobody@hogwarts.edu", "password", "wrong")).status())
                .isEqualTo(401);
    }

    @Test
    void should_keep_only_so_many_requests_that_wait_for_their_bodies() throws IOException {
        var waiting = (LOGIN + "Content-Length: 100\r\n\r\n{").getBytes(StandardCharsets.US_ASCII);
        var refused = 0;
        for (var sent = 0; sent < 20; sent++) {
            refused += isAnsweredOrCut(send(""), waiting) ? 1 : 0;
        }
        assertThat(refused).isBetween(4, 6);
    }

    @Test
    void should_say_nothing_in_the_log_of_a_body_that_is_broken_off() throws IOException {
        var errors = new ListAppender<ILoggingEvent>();
        var log = (Logger) LoggerFactory.getLogger(ProblemExceptionHandler.class);
        errors.start();
        log.addAppender(errors);
        try {
            for (var sent = 0; sent < 5; sent++) {
                send(LOGIN + "Content-Length: 100\r\n\r\n{").close();
            }
            await().untilAsserted(() -> assertThat(budget.countNetworksInMemory()).isLessThanOrEqualTo(1));
            assertThat(statusLineOf(send(HEALTH + "\r\n"), PATIENCE_MILLIS)).isEqualTo("HTTP/1.1 200");
        } finally {
            log.detachAppender(errors);
        }
        assertThat(errors.list).isEmpty();
    }

    @Test
    void should_take_headers_of_sixteen_kilobytes_and_refuse_larger_ones() throws IOException {
        var request = "GET /health HTTP/1.1\r\nHost: localhost\r\nCookie: ";
        assertThat(statusLineOf(send(request + "x".repeat(15_000) + "\r\n\r\n"), PATIENCE_MILLIS))
                .isEqualTo("HTTP/1.1 200");
        assertThat(statusLineOf(send(request + "x".repeat(17_000) + "\r\n\r\n"), PATIENCE_MILLIS))
                .isEqualTo("HTTP/1.1 431");
    }

    private static boolean isAnsweredOrCut(Socket socket, byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.setSoTimeout(SHORT_MILLIS);
            return socket.getInputStream().read() >= -1;
        } catch (SocketTimeoutException waiting) {
            return false;
        } catch (SocketException cut) {
            return true;
        }
    }

    /** Whether the product has closed a connection moments after these bytes came. */
    private static boolean isCutBy(Socket socket, byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.setSoTimeout(SHORT_MILLIS);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException waiting) {
            return false;
        } catch (SocketException cut) {
            return true;
        }
    }

    private static void readUntil(Socket socket, char last) throws IOException {
        for (var read = socket.getInputStream().read(); read != last; read = socket.getInputStream().read()) {
            assertThat(read).isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_keep_only_so_much_of_requests_whose_headers_do_not_end(boolean behindAnother) throws IOException {
        var half = (HEALTH + "Cookie: " + "x".repeat(15_000)).getBytes(StandardCharsets.US_ASCII);
        var cut = 0;
        for (var sent = 0; sent < 22; sent++) {
            var socket = send(behindAnother ? NOT_SIGNED_IN + "\r\n" : "");
            if (behindAnother) {
                readUntil(socket, '}');
            }
            cut += isCutBy(socket, half) ? 1 : 0;
        }
        // One address may have a quarter of a million bytes here.
        assertThat(cut).isBetween(5, 7);
    }

    private Socket openWebSocket() throws IOException {
        var socket = send("GET /socket.io/?EIO=4&transport=websocket" + HEADERS + "Connection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        readUntil(socket, '{');
        readUntil(socket, '}');
        return socket;
    }

    private static byte[] beginningOfMessage(int announced, int sent) {
        return ByteBuffer.allocate(14 + sent).put((byte) 0x81).put((byte) 0xff).putLong(announced).array();
    }

    @Test
    void should_keep_only_so_much_of_messages_that_do_not_end_and_end_their_websockets() throws IOException {
        var cut = 0;
        for (var opened = 0; opened < 5; opened++) {
            cut += isCutBy(openWebSocket(), beginningOfMessage(100_000, 90_000)) ? 1 : 0;
        }
        assertThat(cut).isEqualTo(3);
        var small = openWebSocket();
        assertThat(isCutBy(small, beginningOfMessage(100_000, 10))).isFalse();
        small.setSoTimeout(PATIENCE_MILLIS);
        assertThat(small.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void should_answer_some_requests_that_do_not_wait_for_each_other_and_no_flood_of_them() throws IOException {
        var some = send((NOT_SIGNED_IN + "\r\n").repeat(20));
        for (var answer = 0; answer < 20; answer++) {
            readUntil(some, '}');
        }
        var flood = send((NOT_SIGNED_IN + "\r\n").repeat(1_000));
        assertThatThrownBy(() -> {
            for (var answer = 0; answer < 1_000; answer++) {
                readUntil(flood, '}');
            }
        }).isInstanceOfAny(SocketException.class, AssertionError.class);
    }

    @Test
    void should_keep_only_so_much_of_answers_that_nobody_takes() throws IOException {
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(2_048);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port()));
            var request = "GET /v3/api-docs HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> {
                for (var asked = 0; asked < MORE_THAN_IS_KEPT; asked++) {
                    socket.getOutputStream().write(request);
                }
            }).isInstanceOf(SocketException.class);
        }
    }
}
