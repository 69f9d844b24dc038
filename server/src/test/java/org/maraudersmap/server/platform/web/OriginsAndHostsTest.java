package org.maraudersmap.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.maraudersmap.server.support.RawHttp;

/** Which pages may call does not depend on how they call, and every request is for one host. */
@ProductTest
class OriginsAndHostsTest {
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    private final Api api;

    OriginsAndHostsTest(Api api) {
        this.api = api;
    }

    private String send(String... request) {
        return RawHttp.answerTo(api.port(), request);
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:3001, map.example.org, true", "HTTP://LocalHost:3001, map.example.org, true",
            "http://map.example.org, map.example.org, true", "http://map.example.org, map.example.org:80, true",
            "https://map.example.org, map.example.org, true", "https://map.example.org:443, MAP.example.org, true",
            "http://[::1]:4001, [::1]:4001, true", "https://localhost:3001, map.example.org, false",
            "http://localhost:3001.evil.example, map.example.org, false",
            "http://map.example.org@evil.example, map.example.org, false",
            "http://map.example.org:4001, map.example.org, false", "http://map.example.org/, map.example.org, false",
            "null, null, false", "file://, map.example.org, false", "map.example.org, map.example.org, false"})
    void should_judge_a_page_alike_however_it_calls(String origin, String host, boolean allowed) {
        var from = new String[]{"Host: " + host, "Origin: " + origin};
        var read = send("GET /health HTTP/1.1", from[0], from[1]);
        var preflight = send("OPTIONS /api/incidents HTTP/1.1", from[0], from[1],
                "Access-Control-Request-Method: PATCH", "Access-Control-Request-Headers: authorization");
        var poll = send("GET /socket.io/?EIO=4&transport=polling HTTP/1.1", from[0], from[1]);
        var webSocket = send("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", from[0], from[1],
                "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", KEY);

        assertThat(RawHttp.statusOf(read)).isEqualTo(allowed ? 200 : 403);
        assertThat(RawHttp.statusOf(preflight)).isEqualTo(allowed ? 200 : 403);
        assertThat(RawHttp.statusOf(poll)).isEqualTo(allowed ? 200 : 403);
        assertThat(RawHttp.statusOf(webSocket)).isEqualTo(allowed ? 101 : 403);
    }

    @Test
    void should_tell_browsers_what_other_pages_may() {
        var preflight = send("OPTIONS /api/incidents HTTP/1.1", "Host: map.example.org",
                "Origin: http://localhost:3001", "Access-Control-Request-Method: PATCH",
                "Access-Control-Request-Headers: authorization");

        assertThat(preflight.toLowerCase(java.util.Locale.ROOT)).contains(
                "access-control-allow-origin: http://localhost:3001\r\n",
                "access-control-allow-credentials: true\r\n",
                "access-control-allow-headers: authorization\r\n");
        assertThat(send("GET /health HTTP/1.1", "Host: map.example.org", "Origin: https://evil.example"))
                .contains("application/problem+json")
                .contains("https://evil.example");
    }

    @Test
    void should_refuse_a_request_that_says_two_origins() {
        for (var path : new String[]{"/health", "/socket.io/?EIO=4&transport=polling"}) {
            assertThat(RawHttp.statusOf(send("GET " + path + " HTTP/1.1", "Host: map.example.org",
                    "Origin: http://localhost:3001", "Origin: https://evil.example"))).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: no host", "Host: one.example|Host: two.example", "Host: one.example|Host: one.example",
            "Host:", "Host: one.example, two.example", "Host: one.example/path", "Host: one example",
            "Host: one.example:port"})
    void should_refuse_a_request_that_is_not_for_one_host(String hosts) {
        for (var path : new String[]{"/health", "/api/incidents", "/", "/socket.io/?EIO=4&transport=polling",
                "http://one.example/health"}) {
            var request = ("GET " + path + " HTTP/1.1|" + hosts).split("\\|");
            assertThat(send(request)).startsWith("HTTP/1.1 400 ")
                    .contains("MALFORMED_REQUEST")
                    .containsIgnoringCase("connection: close");
        }
    }

    @Test
    void should_answer_a_probe_that_speaks_http_1_0_and_knows_no_hosts() {
        assertThat(RawHttp.statusOf(send("GET /health HTTP/1.0"))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/socket.io/?EIO=4&transport=polling"})
    void should_take_sixteen_kilobytes_of_headers_for_every_protocol(String path) {
        for (var name : new String[]{"Cookie: ", "Authorization: Bearer "}) {
            var most = 16 * 1024 - 200;
            assertThat(RawHttp.statusOf(send("GET " + path + " HTTP/1.1", "Host: map.example.org",
                    name + "x".repeat(most)))).isEqualTo(200);
            assertThat(RawHttp.statusOf(send("GET " + path + " HTTP/1.1", "Host: map.example.org",
                    name + "x".repeat(most + 400)))).isEqualTo(431);
        }
    }
}
