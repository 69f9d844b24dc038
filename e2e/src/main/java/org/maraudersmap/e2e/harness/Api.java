package org.maraudersmap.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The product's REST API as a client sees it: real HTTP, JSON in and out. Thread-safe. */
public final class Api {
    /** Reads and writes JSON. */
    public static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** What is left of a token that is still given out. */
    private static final Duration SHORTEST_REST = Duration.ofMinutes(1);

    private final String base;
    private final Map<DemoUser, Session> sessions = new ConcurrentHashMap<>();

    Api(String base) {
        this.base = base;
    }

    /** Scheme, host and port. */
    public String base() {
        return base;
    }

    /** Sends a request; {@code token} and {@code body} may be missing. Headers are name, value, name, value. */
    public Answer send(String method, String path, @Nullable String token, @Nullable Object body, String... headers) {
        return sendText(method, path, token, body == null ? null : JSON.writeValueAsString(body), headers);
    }

    /**
     * Sends a body as it is.
     *
     * @throws UncheckedIOException
     *             if no complete answer came
     */
    public Answer sendText(
            String method, String path, @Nullable String token, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null && !Arrays.asList(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), read(response), response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(method + " " + path, failure);
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
    public Answer get(String path, @Nullable String token) {
        return send("GET", path, token, null);
    }

    /** POST of a body. */
    public Answer post(String path, @Nullable String token, Object body) {
        return send("POST", path, token, body);
    }

    /** Whether it says that it can serve. */
    public boolean isReady() {
        try {
            return get("/health/ready", null).status() == 200;
        } catch (UncheckedIOException notListening) {
            return false;
        }
    }

    /**
     * A session of a demo user that others use too. Whoever ends it, or must have it for long, {@linkplain #login logs
     * in} himself; that costs a tenth of a second of processor time, on purpose.
     */
    public Session sessionOf(DemoUser user) {
        return sessions.compute(user, (_, session) -> session != null && isFresh(session) ? session : login(user));
    }

    private static boolean isFresh(Session session) {
        return Tokens.endOf(session.accessToken()).isAfter(Instant.now().plus(SHORTEST_REST));
    }

    /** Logs a demo user in. */
    public Session login(DemoUser user) {
        return session(
                post("/api/auth/login", null, Map.of("email", user.email(), "password", user.password())).expect(200));
    }

    /** Registers a new STUDENT under a mail of his own. */
    public Session registerStudent() {
        var answer = post(
                "/api/auth/register",
                null,
                Map.of(
                        "email",
                        "student." + UUID.randomUUID() + "@hogwarts.edu",
                        "password",
                        "mischief-managed",
                        "firstName",
                        "Neville",
                        "lastName",
                        "Longbottom"));
        return session(answer.expect(201));
    }

    private static Session session(Answer answer) {
        var user = answer.body().path("user");
        return new Session(
                user.path("id").asString(),
                user.path("email").asString(),
                user.path("handle").asString(),
                answer.body().path("accessToken").asString(),
                answer.body().path("refreshToken").asString());
    }

    /** Reports an incident: the incident. */
    public JsonNode report(Session session, String title) {
        return post("/api/incidents", session.accessToken(), Map.of("title", title)).expect(201).body();
    }

    /** Edits one field of an incident: the incident. */
    public JsonNode edit(Session session, long id, String field, String value) {
        return send("PATCH", "/api/incidents/" + id, session.accessToken(), Map.of(field, value)).expect(200).body();
    }

    /** Comments on an incident: the comment. */
    public JsonNode comment(Session session, long incident, String content) {
        return post(
                "/api/incidents/" + incident + "/comments", session.accessToken(), Map.of("content", content))
                .expect(201)
                .body();
    }

    /** What somebody is notified of, newest first. */
    public List<JsonNode> notifications(Session session) {
        return List.copyOf(
                get("/api/notifications?limit=200", session.accessToken()).expect(200)
                        .body()
                        .path("notifications")
                        .values());
    }
}
