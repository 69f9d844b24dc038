package org.maraudersmap.e2e.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.maraudersmap.e2e.OnSharedProduct;
import org.maraudersmap.e2e.SharedProduct;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DescribedRoutes;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Tokens;

/** Every route of the product, given what it cannot use: each refusal with its status and code, and nothing done. */
@OnSharedProduct
class BadInputIT {
    /** A frame of a stack, or a qualified name of a Java class. */
    private static final Pattern INSIDE = Pattern.compile(
            "\\bat [\\w.$]+\\(|\\b[a-z]\\w*(\\.[a-z]\\w*)+\\.[A-Z]\\w+|\\w+Exception|\\w+Error\\b|SQLSTATE");

    private final Api api;
    private final Cast cast;

    BadInputIT(Product product) {
        this.api = product.api();
        this.cast = Cast.of(api, SharedProduct.SECRET);
    }

    @Test
    void should_know_every_route_that_the_product_describes() {
        assertThat(api.get("/v3/api-docs", null).expect(200).body().path("openapi").asString()).startsWith("3.1");
        var described = DescribedRoutes.of(api);
        var known = RouteTable.of(cast)
                .stream()
                .map(route -> DescribedRoutes.nameOf(route.method(), route.template()))
                .collect(Collectors.toCollection(TreeSet::new));

        System.out.printf("%d routes described, %d known%n", described.size(), known.size());
        assertThat(known).isEqualTo(described);
    }

    @Test
    void should_accept_a_token_that_is_signed_by_the_test_with_the_right_secret() {
        // Without this control the refusals of forged tokens would prove nothing.
        var token = Tokens.signAgain(cast.reporter().accessToken(), SharedProduct.SECRET);

        api.get("/api/auth/me", token).expect(200);
    }

    @TestFactory
    Stream<DynamicTest> should_refuse_what_no_route_can_use() {
        var requests = new BadRequests(cast);
        var all = RouteTable.of(cast).stream().flatMap(route -> requests.to(route).stream()).toList();
        System.out.printf("%d bad requests%n", all.size());
        return all.stream().map(bad -> dynamicTest(bad.what(), () -> check(bad)));
    }

    @TestFactory
    Stream<DynamicTest> should_refuse_what_breaks_a_rule() {
        return new BrokenRules(api, cast).all().stream().map(bad -> dynamicTest(bad.what(), () -> check(bad)));
    }

    /** Whoever sends too much must not wait for ever with his next request on the same connection. */
    @Test
    void should_answer_or_close_after_a_body_that_is_too_large() throws IOException {
        var base = URI.create(api.base());
        for (var path : List.of("/api/incidents", "/api/auth/login")) {
            try (var socket = new Socket(base.getHost(), base.getPort())) {
                socket.setSoTimeout(5_000);
                var padding = "x".repeat(200_000);
                var body = "{\"title\":\"" + padding + "\",\"email\":\"" + padding + "\"}";
                var head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + cast.reporter().accessToken() + "\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n";
                var next = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
                sendAsMuchAsIsTaken(socket, head + body + next);

                var answers = readUntilClosed(socket);

                assertThat(answers).as(path).startsWith("HTTP/1.1 413");
            }
        }
    }

    /** A server that has answered already may close before it has read everything. */
    private static void sendAsMuchAsIsTaken(Socket socket, String request) {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException closed) {
            // What it has answered can still be read.
        }
    }

    private static String readUntilClosed(Socket socket) throws IOException {
        var answers = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answers);
        } catch (SocketTimeoutException waiting) {
            throw new AssertionError("neither answered nor closed, after: " + answers, waiting);
        } catch (IOException reset) {
            // Closed as well.
        }
        return answers.toString(StandardCharsets.ISO_8859_1);
    }

    private void check(BadRequest bad) {
        var before = incidentEvents();

        var answer = api.sendText(
                bad.method(), bad.path(), bad.token(), bad.body(), bad.headers().toArray(String[]::new));

        assertThat(answer.status()).as("%s: status of %s", bad.what(), answer.text()).isEqualTo(bad.status());
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.code()).as("%s: code of %s", bad.what(), answer.text()).isEqualTo(bad.code());
        assertThat(answer.body().path("status").asInt()).isEqualTo(bad.status());
        assertThat(answer.body().path("type").asString()).isNotBlank();
        assertThat(answer.body().path("title").asString()).isNotBlank();
        assertThat(answer.body().path("detail").asString()).isNotBlank();
        bad.named().forEach(name -> assertThat(answer.text()).as(bad.what()).contains(name));
        assertThat(answer.text()).as(bad.what()).doesNotContainPattern(INSIDE);
        assertThat(incidentEvents()).as("nothing done").isEqualTo(before);
    }

    /** How often something has been done to the incident of this test. */
    private long incidentEvents() {
        var incident = api.get("/api/incidents/" + cast.incident(), cast.reporter().accessToken()).expect(200).body();
        return incident.path("version").asLong();
    }
}
