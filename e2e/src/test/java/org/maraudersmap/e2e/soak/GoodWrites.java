package org.maraudersmap.e2e.soak;

import static org.awaitility.Awaitility.await;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.e2e.harness.Answer;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.DescribedRoutes;
import org.maraudersmap.e2e.harness.Session;
import tools.jackson.databind.JsonNode;

/** Asks every route that writes for what it can do. Good for as long as an access token is; for one thread. */
final class GoodWrites {
    private static final String PASSWORD = "mischief-managed";
    private static final String NEXT_PASSWORD = "managed-mischief";

    private final Api api;
    private final Session prefect;
    private final Session admin;
    private final Session student;
    private final Set<String> asked = new LinkedHashSet<>();

    GoodWrites(Api api) {
        this.api = api;
        this.prefect = api.login(DemoUser.HERMIONE);
        this.admin = api.login(DemoUser.ADMIN);
        this.student = api.registerStudent();
    }

    /** The names of the routes that have been asked. */
    Set<String> asked() {
        return asked;
    }

    /** What costs a hash of a password, on purpose: somebody comes, changes the password and goes. */
    void comeAndGo() {
        var email = "student." + UUID.randomUUID() + "@hogwarts.edu";
        var somebody = Map.of("email", email, "password", PASSWORD, "firstName", "Neville", "lastName", "Longbottom");
        ask(201, "POST", "/api/auth/register", "", null, somebody);
        var session = ask(
                200, "POST", "/api/auth/login", "", null, Map.of("email", email, "password", PASSWORD)).body();
        var access = session.path("accessToken").asString();
        var passwords = Map.of("oldPassword", PASSWORD, "newPassword", NEXT_PASSWORD);
        ask(204, "PUT", "/api/auth/change-password", "", access, passwords);
        // As good as it gets where there is an ADMIN.
        ask(403, "POST", "/api/auth/first-admin", "", access, Map.of("token", "alohomora"));
        var refreshed = ask(
                200,
                "POST",
                "/api/auth/refresh",
                "",
                null,
                Map.of("refreshToken", session.path("refreshToken").asString())).body();
        ask(
                204,
                "POST",
                "/api/auth/logout",
                "",
                null,
                Map.of("refreshToken", refreshed.path("refreshToken").asString()));
    }

    /** An incident from its report to its end, with all that can be done about it. */
    void liveThroughAnIncident(int turn) {
        var reporter = student.accessToken();
        var id = report("Soaked " + turn);
        ask(200, "PUT", "/api/incidents/{id}", id, reporter, Map.of("title", "Put " + turn, "severity", "SERIOUS"));
        ask(200, "PATCH", "/api/incidents/{id}", id, reporter, Map.of("description", "Patched " + turn));
        ask(200, "PUT", "/api/incidents/{id}/assignee", id, prefect.accessToken(), Map.of("userId", prefect.userId()));
        var comment = ask(
                201,
                "POST",
                "/api/incidents/{id}/comments",
                id,
                prefect.accessToken(),
                Map.of("content", "@" + student.handle() + ", look.")).body().path("id").asLong();
        var notification = notificationOf(comment);
        ask(200, "PATCH", "/api/notifications/{id}/read", notification, reporter, null);
        ask(204, "DELETE", "/api/notifications/{id}", notification, reporter, null);
        ask(200, "PATCH", "/api/notifications/read-all", "", reporter, null);
        ask(
                204,
                "DELETE",
                "/api/incidents/{id}/comments/{commentId}",
                id + "/comments/" + comment,
                prefect.accessToken(),
                null);
        ask(200, "PATCH", "/api/incidents/{id}/resolve", id, reporter, Map.of("resolution", "Dried"));
        ask(200, "DELETE", "/api/incidents/{id}", report("Soaked to be removed " + turn), reporter, null);
    }

    private String report(String title) {
        return ask(201, "POST", "/api/incidents", "", student.accessToken(), Map.of("title", title)).body()
                .path("id")
                .asString();
    }

    private String notificationOf(long comment) {
        return await("a notification").until(
                () -> api.notifications(student)
                        .stream()
                        .filter(each -> each.path("link").asString().endsWith("#comment-" + comment))
                        .map(each -> each.path("id").asString())
                        .findFirst(),
                Optional::isPresent).orElseThrow();
    }

    /** What an ADMIN does now and then. No event is parked here, so none can be tried again. */
    void administer(int turn) {
        var role = turn % 2 == 0 ? "PREFECT" : "STUDENT";
        ask(200, "PUT", "/api/users/{id}/role", student.userId(), admin.accessToken(), Map.of("role", role));
        ask(
                200,
                "POST",
                "/api/monitoring/consumers/{id}/reset",
                "audit-recorder",
                admin.accessToken(),
                Map.of("position", positionOf("audit-recorder")));
        ask(404, "POST", "/api/monitoring/dead-letters/{id}/redrive", "1", admin.accessToken(), null);
    }

    private long positionOf(String consumer) {
        var consumers = api.get("/api/monitoring/consumers", admin.accessToken()).expect(200).body();
        for (JsonNode each : consumers.path("consumers")) {
            if (each.path("id").asString().equals(consumer)) {
                return each.path("position").asLong();
            }
        }
        throw new IllegalStateException("no " + consumer + " in " + consumers);
    }

    private Answer ask(
            int status, String method, String template, String id, @Nullable String token, @Nullable Object body) {
        asked.add(DescribedRoutes.nameOf(method, template));
        var path = template.contains("{commentId}")
                ? template.replace("{id}/comments/{commentId}", id)
                : template.replace("{id}", id);
        return api.send(method, path, token, body).expect(status);
    }
}
