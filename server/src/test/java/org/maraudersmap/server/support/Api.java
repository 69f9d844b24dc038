package org.maraudersmap.server.support;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The product's REST API as a client sees it: real HTTP, JSON in and out. */
@Lazy
public class Api {
    private static final JsonMapper JSON = new JsonMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    Api(@LocalServerPort int port) {
        this.port = port;
    }

    /** An answer: status, headers and body (a missing node where there is none, or none in JSON). */
    public record Answer(int status, Map<String, List<String>> headers, JsonNode body, String text) {

        /** The first value of a header. */
        public Optional<String> header(String name) {
            return headers.entrySet()
                    .stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst();
        }

        /** The {@code code} of a problem. */
        public String code() {
            return body.path("code").asString("");
        }
    }

    /** A user who has just registered, with his tokens. */
    public record Session(UUID userId, String email, String handle, String accessToken, String refreshToken) {}

    /** The port that the product listens on. */
    public int port() {
        return port;
    }

    /** Sends a request; {@code token} and {@code body} may be missing. Headers are name, value, name, value. */
    public Answer send(String method, String path, @Nullable String token, @Nullable Object body, String... headers) {
        return sendText(method, path, token, body == null ? null : JSON.writeValueAsString(body), headers);
    }

    /** Sends a body as it is. */
    public Answer sendText(
            String method, String path, @Nullable String token, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map(), read(response), response.body());
        } catch (IOException failure) {
            throw new IllegalStateException(method + " " + path, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static JsonNode read(HttpResponse<String> response) {
        var type = response.headers().firstValue("Content-Type").orElse("");
        return type.contains("json") && !type.contains("ndjson") ? JSON.readTree(response.body()) : JSON.missingNode();
    }

    /** GET. */
    public Answer get(String path, String token) {
        return send("GET", path, token, null);
    }

    /** POST of a body. */
    public Answer post(String path, @Nullable String token, Object body) {
        return send("POST", path, token, body);
    }

    /** Registers a new STUDENT under a mail of his own. */
    public Session registerStudent() {
        var email = "student." + UUID.randomUUID() + "@hogwarts.edu";
        var answer = post(
                "/api/auth/register",
                null,
                Map.of("email", email, "password", "mischief-managed", "firstName", "Neville", "lastName",
                        "Longbottom"));
        return session(answer);
    }

    /** Logs in. */
    public Session login(String email, String password) {
        return session(post("/api/auth/login", null, Map.of("email", email, "password", password)));
    }

    /** Logs the demo administrator in. */
    public Session loginAdmin() {
        return login("admin@example.com", "admin123");
    }

    private static Session session(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException("not signed in: " + answer.status() + " " + answer.text());
        }
        var user = answer.body().path("user");
        return new Session(
                UUID.fromString(user.path("id").asString()),
                user.path("email").asString(),
                user.path("handle").asString(),
                answer.body().path("accessToken").asString(),
                answer.body().path("refreshToken").asString());
    }
}
