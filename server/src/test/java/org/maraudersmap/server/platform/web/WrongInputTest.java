package org.maraudersmap.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.ProductTest;

/** What no route can use is refused where it comes in, with everything that is wrong with it. */
@ProductTest
class WrongInputTest {
    private final Api api;
    private final String token;

    WrongInputTest(Api api) {
        this.api = api;
        this.token = api.loginAdmin().accessToken();
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    }

    private static List<String> fieldsNamedBy(Answer answer) {
        return answer.body().path("errors").valueStream().map(error -> error.path("field").asString()).toList();
    }

    private Answer report(String body) {
        return api.sendText("POST", "/api/incidents", token, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "*/*", "application/*", "text/plain", "garbage",
            "application/json; charset=utf-16", "application/json; charset=no-such", "application/x-ndjson",
            "multipart/form-data; boundary=x"})
    void should_refuse_bodies_of_other_types_and_name_the_type(String type) {
        for (var route : List.of("POST /api/incidents", "POST /api/auth/login", "PUT /api/auth/change-password",
                "PATCH /api/incidents/1", "DELETE /api/incidents/1")) {
            var parts = route.split(" ", 2);
            var answer = api.sendText(parts[0], parts[1], token, "{\"title\":\"x\"}", "Content-Type", type);
            assertRefused(answer, 415, "UNSUPPORTED_MEDIA_TYPE");
            assertThat(answer.body().path("detail").asString()).contains(type).doesNotContain("null");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=OPEN,", "status=,OPEN", "status=%00", "status=", "status=%20", "severity=",
            "status=OPEN&status=", "location=,", "status=%20OPEN", "assignee=", "assignee=1-1-1-1-1", "urgent=yes",
            "urgent=", "limit=0x10", "limit=%201", "limit=+1", "limit=01", "limit=%D9%A1", "limit=1.0",
            "limit=1&limit=2", "urgent=true&urgent=false", "q=a&q=b", "q=%07", "cursor=%00",
            "limit=99999999999999999999"})
    void should_refuse_parameters_that_are_not_as_described(String query) {
        assertRefused(api.get("/api/incidents?" + query, token), 400, "INVALID_PARAMETER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"type=", "type=incident.created,", "after=0x1", "upTo=1.0", "user=1-1-1-1-1"})
    void should_refuse_parameters_of_the_trail_that_are_not_as_described(String query) {
        assertRefused(api.get("/api/audit?" + query, token), 400, "INVALID_PARAMETER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x1", "0X1", "%2B1", "+1", "%201", "1%20", "01", "%231", "1.0", "1e0", "%D9%A1", "1%0a"})
    void should_refuse_every_second_spelling_of_an_id(String id) {
        for (var path : List.of("/api/incidents/", "/api/presence/incident/")) {
            assertRefused(api.get(path + id, token), 400, "INVALID_PARAMETER");
        }
    }

    @Test
    void should_take_lists_in_either_form() {
        for (var query : List.of("status=OPEN,RESOLVED", "status=OPEN&status=RESOLVED", "", "q=&cursor=")) {
            assertThat(api.get("/api/incidents?" + query, token).status()).as(query).isEqualTo(200);
        }
    }

    @Test
    void should_name_every_field_that_is_wrong() {
        var answer = report("{\"title\":\"\\u200b\",\"severity\":\"GRIM\",\"location\":7,\"description\":[]}");
        assertRefused(answer, 400, "VALIDATION_FAILED");
        assertThat(fieldsNamedBy(answer)).containsExactlyInAnyOrder("title", "severity", "location", "description");
        assertThat(answer.text()).contains("UNFORGIVABLE").contains("AZKABAN");
        var registration = api.sendText("POST", "/api/auth/register", null,
                "{\"email\":\"no mail\",\"password\":\"\\ud800aaaaaaaa\",\"firstName\":\"\\u202e\",\"house\":\"X\"}");
        assertRefused(registration, 400, "VALIDATION_FAILED");
        assertThat(fieldsNamedBy(registration))
                .containsExactlyInAnyOrder("email", "password", "firstName", "lastName", "house");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u00a0", "\\u200b", "\\u2060", "\\u202e", "\\u2800", "\\ud800", "a\\u0000", "a\\u0007",
            "a\\u009f", "  "})
    void should_refuse_titles_that_cannot_be_kept_or_seen(String title) {
        var answer = report("{\"title\":\"" + title + "\"}");
        assertRefused(answer, 400, "VALIDATION_FAILED");
        assertThat(fieldsNamedBy(answer)).containsExactly("title");
    }

    @Test
    void should_keep_text_in_one_form() {
        assertThat(report("{\"title\":\"Mu\\u0308ller\\t\\n\"}").body().path("title").asString())
                .isEqualTo("M\u00fcller\t\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "POST | /api/auth/login | {\"email\":\"nobody@hogwarts.edu\",\"password\":\"\\ud800\"}",
            "POST | /api/auth/login | {\"email\":\"\\ud800@hogwarts.edu\",\"password\":\"x\"}",
            "POST | /api/auth/refresh | {\"refreshToken\":\"\\ud800\"}",
            "PUT | /api/auth/change-password | {\"oldPassword\":\"\\udfff\",\"newPassword\":\"managed-mischief\"}",
            "PUT | /api/auth/change-password | {\"oldPassword\":\"x\",\"newPassword\":\"\\udfffaaaaaaaa\"}",
            "POST | /api/incidents/1/comments | {\"content\":\"\\u2060\"}",
            "POST | /api/incidents/1/comments | {\"content\":\"\\udc00\"}",
            "PATCH | /api/incidents/1 | {\"title\":null}", "PATCH | /api/incidents/1 | {\"severity\":\" CRITICAL\"}",
            "PATCH | /api/incidents/1/resolve | {\"resolution\":\"\\u0000\"}",
            "PUT | /api/incidents/1/assignee | {}", "PUT | /api/incidents/1/assignee | {\"userId\":\"1-1-1-1-1\"}",
            "PUT | /api/incidents/1/assignee | {\"userId\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}",
            "POST | /api/monitoring/consumers/analytics-projector/reset | {\"position\":1.5}",
            "POST | /api/monitoring/consumers/analytics-projector/reset | {\"position\":1.0}",
            "POST | /api/monitoring/consumers/analytics-projector/reset | {\"position\":1e0}",
            "POST | /api/monitoring/consumers/analytics-projector/reset | {\"position\":1e400}",
            "POST | /api/monitoring/consumers/analytics-projector/reset | {\"position\":99999999999999999999}",
            "POST | /api/incidents | []", "POST | /api/incidents | \"x\""})
    void should_refuse_bodies_that_are_not_as_described(String method, String path, String body) {
        assertRefused(api.sendText(method, path, token, body), 400, "VALIDATION_FAILED");
    }

    @Test
    void should_take_a_password_exactly_as_it_was_typed() {
        var decomposed = "Mu\u0308ller \u00a0 mischief\u0007";
        var mail = "typed." + System.nanoTime() + "@hogwarts.edu";
        assertThat(api.post("/api/auth/register", null,
                Map.of("email", mail, "password", decomposed, "firstName", "Ernst", "lastName", "Mu\u0308ller"))
                .status()).isEqualTo(201);
        assertThat(api.login(mail, decomposed).email()).isEqualTo(mail);
        assertRefused(api.post("/api/auth/login", null,
                Map.of("email", mail, "password", decomposed.replace("u\u0308", "\u00fc"))), 401, "BAD_CREDENTIALS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"title\":\"x\",\"title\":\"y\"}", "{\"title\":\"x\"} y", "{\"title\":\"x\"}{}",
            "{\"title\":\"x\",}", "{'title':'x'}", "{\"title\":NaN}", "/**/{\"title\":\"x\"}", "{\"a\":"})
    void should_refuse_what_is_no_json(String body) {
        assertRefused(report(body), 400, "MALFORMED_JSON");
    }

    @Test
    void should_refuse_json_that_is_nested_beyond_all_measure() {
        assertRefused(report("{\"a\":".repeat(5_000)), 400, "MALFORMED_JSON");
        assertRefused(report("{\"title\":\"x\",\"a\":" + "1".repeat(5_000) + "}"), 400, "MALFORMED_JSON");
    }

    @Test
    void should_answer_conditions_as_the_rfc_says() {
        var tag = api.get("/api/incidents/1", token).header("ETag").orElseThrow();
        for (var known : List.of("*", tag, "W/" + tag, "\"0\" , ," + tag)) {
            assertThat(api.send("GET", "/api/incidents/1", token, null, "If-None-Match", known).status()).as(known)
                    .isEqualTo(304);
        }
        for (var known : List.of(tag + " , ,", "," + tag, "\"a,b\", " + tag, "*")) {
            assertThat(api.send("PATCH", "/api/incidents/1", token, Map.of(), "If-Match", known).status()).as(known)
                    .isEqualTo(200);
        }
        for (var malformed : List.of(",", "\"", "1", "*, " + tag, tag + tag, tag + " x")) {
            assertRefused(api.send("PATCH", "/api/incidents/1", token, Map.of(), "If-Match", malformed), 400,
                    "INVALID_PARAMETER");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "image/png", "application/json;q=2", "text/html"})
    void should_refuse_to_answer_in_a_type_that_it_does_not_have(String type) {
        assertRefused(api.send("GET", "/api/incidents", token, null, "Accept", type), 406, "NOT_ACCEPTABLE");
    }

    @ParameterizedTest
    @CsvSource({"/api/incidents?q=100%, 400, INVALID_PARAMETER", "/api/incidents?q=%zz, 400, INVALID_PARAMETER",
            "/api/incidents?q=%ff, 400, INVALID_PARAMETER", "/api/incidents/%, 400, INVALID_PARAMETER",
            "/api/incidents?q=%ed%a0%80, 400, INVALID_PARAMETER", "/%c0%af, 400, INVALID_PARAMETER",
            "/api/incidents?q=a|b, 400, INVALID_PARAMETER", "/\\, 400, INVALID_PARAMETER",
            "/api/incidents?q=LONG, 414, URI_TOO_LONG"})
    void should_refuse_targets_that_cannot_be_read(String target, int status, String code) throws IOException {
        var answer = exchange(
                "GET " + target.replace("LONG", "x".repeat(40_000)) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json", code);
    }

    @Test
    void should_refuse_heads_that_cannot_be_read() throws IOException {
        var large = "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(40_000) + "\r\n\r\n";
        assertThat(exchange(large)).startsWith("HTTP/1.1 431 ").contains("application/problem+json",
                "HEADERS_TOO_LARGE");
        for (var head : List.of("GET /health HTTP/1.1\r\nHost: localhost\r\nCookie: a=\001\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n")) {
            assertThat(exchange(head)).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
        }
    }

    @Test
    void should_leave_errors_of_the_engine_to_the_engine() throws IOException {
        assertThat(exchange("GET /socket.io/?x=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Transport unknown");
    }

    /** As a client would that encodes nothing; what is answered until the connection ends. */
    private String exchange(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
