package org.maraudersmap.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
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
import org.springframework.test.context.TestPropertySource;

/** Nobody who sends half of something keeps anything for long. */
@OwnProductTest
@TestPropertySource(properties = {"REQUEST_TIMEOUT=1s", "IDLE_TIMEOUT=2s", "MAX_BYTES_IN_FLIGHT=1000000",
        "MAX_CONNECTIONS_PER_ADDRESS=60"})
class UnfinishedRequestsTest {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SOON_MILLIS = 900;
    private static final String HEADERS = " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
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
                .isInstanceOf(java.net.SocketTimeoutException.class);
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
            } catch (java.net.SocketTimeoutException waiting) {
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
    void should_take_headers_of_sixteen_kilobytes_and_refuse_larger_ones() throws IOException {
        var request = "GET /health HTTP/1.1\r\nHost: localhost\r\nCookie: ";
        assertThat(statusLineOf(send(request + "x".repeat(15_000) + "\r\n\r\n"), PATIENCE_MILLIS))
                .isEqualTo("HTTP/1.1 200");
        assertThat(statusLineOf(send(request + "x".repeat(17_000) + "\r\n\r\n"), PATIENCE_MILLIS))
                .isEqualTo("HTTP/1.1 431");
    }
}
