package org.maraudersmap.e2e.badinput;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Session;

/** Requests that are well formed and against the rules. */
final class BrokenRules {
    private final Api api;
    private final Cast cast;

    BrokenRules(Api api, Cast cast) {
        this.api = api;
        this.cast = cast;
    }

    List<BadRequest> all() {
        var reporter = cast.reporter();
        var resolved = path(reportAndResolve());
        var archived = path(reportAndArchive());
        var open = path(cast.incident());
        var key = "e2e-" + UUID.randomUUID();
        api.send("POST", "/api/incidents", reporter.accessToken(), Map.of("title", "Once"), "Idempotency-Key", key)
                .expect(201);
        api.send("POST", open + "/comments", reporter.accessToken(), Map.of("content", "Once"), "Idempotency-Key", key)
                .expect(201);
        var notification = "/api/notifications/" + cast.notification();
        var student = Map.of("userId", cast.stranger().userId());
        return List.of(
                rule("a mail that is taken", "POST", "/api/auth/register", null, registration(reporter.email()))
                        .is(409, "CONFLICT"),
                rule(
                        "a mail that is taken, in capitals",
                        "POST",
                        "/api/auth/register",
                        null,
                        registration("HARRY.POTTER@HOGWARTS.EDU")).is(409, "CONFLICT"),
                rule("a short password", "POST", "/api/auth/register", null,
                        registration("short@hogwarts.edu", "short"))
                        .is(400, "VALIDATION_FAILED")
                        .naming(List.of("password")),
                rule("no mail", "POST", "/api/auth/register", null, registration("no mail"))
                        .is(400, "VALIDATION_FAILED")
                        .naming(List.of("email")),
                rule("a wrong password", "POST", "/api/auth/login", null, login(reporter.email()))
                        .is(401, "BAD_CREDENTIALS"),
                rule("an unknown mail", "POST", "/api/auth/login", null, login("nobody@hogwarts.edu"))
                        .is(401, "BAD_CREDENTIALS"),
                rule("an unknown refresh token", "POST", "/api/auth/refresh", null, Map.of("refreshToken", "mischief"))
                        .is(401, "UNAUTHENTICATED"),
                rule(
                        "an access token to refresh",
                        "POST",
                        "/api/auth/refresh",
                        null,
                        Map.of("refreshToken", reporter.accessToken())).is(401, "UNAUTHENTICATED"),
                rule("a wrong old password", "PUT", "/api/auth/change-password", reporter,
                        passwords("wrong", "managed-mischief"))
                        .is(401, "BAD_CREDENTIALS"),
                rule(
                        "a weak new password",
                        "PUT",
                        "/api/auth/change-password",
                        reporter,
                        passwords(DemoUser.HARRY.password(), "short")).is(400, "VALIDATION_FAILED"),
                rule(
                        "the same password",
                        "PUT",
                        "/api/auth/change-password",
                        reporter,
                        passwords(DemoUser.HARRY.password(), DemoUser.HARRY.password())).is(400, "VALIDATION_FAILED"),
                rule(
                        "the last ADMIN's role",
                        "PUT",
                        "/api/users/" + cast.admin().userId() + "/role",
                        cast.admin(),
                        Map.of("role", "AUROR")).is(409, "CONFLICT"),
                rule("resolving what is resolved", "DELETE", resolved, reporter, null).is(409, "CONFLICT"),
                rule("resolving what is resolved, by its own route", "PATCH", resolved + "/resolve", reporter, null)
                        .is(409, "CONFLICT"),
                rule("archiving what is open", "PATCH", open, cast.admin(), Map.of("status", "ARCHIVED"))
                        .is(409, "CONFLICT"),
                rule("starting what is resolved", "PATCH", resolved, reporter, Map.of("status", "IN_PROGRESS"))
                        .is(409, "CONFLICT"),
                rule("archiving as its reporter", "PATCH", resolved, reporter, Map.of("status", "ARCHIVED"))
                        .is(403, "FORBIDDEN"),
                rule("archiving as a PREFECT", "PATCH", resolved, cast.prefect(), Map.of("status", "ARCHIVED"))
                        .is(403, "FORBIDDEN"),
                rule("editing what is archived", "PATCH", archived, cast.admin(), Map.of("title", "Alive"))
                        .is(409, "CONFLICT"),
                rule("reopening what is archived", "PATCH", archived, cast.admin(), Map.of("status", "OPEN"))
                        .is(409, "CONFLICT"),
                rule("resolving what is archived", "DELETE", archived, cast.admin(), null).is(409, "CONFLICT"),
                rule("assigning what is archived", "PUT", archived + "/assignee", cast.admin(),
                        Map.of("userId", cast.prefect().userId()))
                        .is(409, "CONFLICT"),
                rule("assigning to a STUDENT", "PUT", open + "/assignee", cast.prefect(), student)
                        .is(400, "VALIDATION_FAILED"),
                rule("assigning as its reporter", "PUT", open + "/assignee", reporter, student).is(403, "FORBIDDEN"),
                rule("another body under the same key", "POST", "/api/incidents", reporter, Map.of("title", "Twice"))
                        .withHeaders("Idempotency-Key", key)
                        .is(422, "IDEMPOTENCY_KEY_REUSED"),
                rule("commenting on what is archived", "POST", archived + "/comments", reporter,
                        Map.of("content", "Too late"))
                        .is(409, "CONFLICT"),
                rule("deleting a comment that is not there", "DELETE", open + "/comments/999999999999", reporter, null)
                        .is(404, "NOT_FOUND"),
                rule("deleting a comment that is elsewhere", "DELETE", resolved + "/comments/" + cast.comment(),
                        reporter, null)
                        .is(404, "NOT_FOUND"),
                rule("deleting what is no comment", "DELETE", open + "/comments/1.5", reporter, null)
                        .is(400, "INVALID_PARAMETER"),
                rule("deleting another's comment as a PREFECT", "DELETE", open + "/comments/" + cast.comment(),
                        cast.prefect(), null)
                        .is(403, "FORBIDDEN"),
                rule("another comment under the same key", "POST", open + "/comments", reporter,
                        Map.of("content", "Twice"))
                        .withHeaders("Idempotency-Key", key)
                        .is(422, "IDEMPOTENCY_KEY_REUSED"),
                rule("reading another's notification", "PATCH", notification + "/read", cast.stranger(), null)
                        .is(404, "NOT_FOUND"),
                rule("reading another's notification as an ADMIN", "PATCH", notification + "/read", cast.admin(), null)
                        .is(404, "NOT_FOUND"),
                rule("dismissing another's notification as an ADMIN", "DELETE", notification, cast.admin(), null)
                        .is(404, "NOT_FOUND"),
                rule("a method that is not there", "DELETE", "/api/incidents", reporter, null)
                        .is(405, "METHOD_NOT_ALLOWED"),
                rule("a path that is not there", "GET", "/api/horcruxes", reporter, null).is(404, "NOT_FOUND"),
                rule("a path that is not there, unsigned", "GET", "/api/horcruxes", null, null).is(404, "NOT_FOUND"),
                rule("a page that is not there", "GET", "/chamber/of/secrets", null, null).is(404, "NOT_FOUND"),
                rule("what it does not speak", "GET", "/api/incidents", reporter, null)
                        .withHeaders("Accept", "image/png")
                        .is(406, "NOT_ACCEPTABLE"));
    }

    private static BadRequest rule(
            String what, String method, String path, @Nullable Session session, @Nullable Object body) {
        return new BadRequest(
                what,
                method,
                path,
                session == null ? null : session.accessToken(),
                body == null ? null : Api.JSON.writeValueAsString(body),
                List.of(),
                0,
                "",
                List.of());
    }

    private static Map<String, String> registration(String email) {
        return registration(email, "mischief-managed");
    }

    private static Map<String, String> registration(String email, String password) {
        return Map.of("email", email, "password", password, "firstName", "Tom", "lastName", "Riddle");
    }

    private static Map<String, String> login(String email) {
        return Map.of("email", email, "password", "alohomora-alohomora");
    }

    private static Map<String, String> passwords(String old, String next) {
        return Map.of("oldPassword", old, "newPassword", next);
    }

    private static String path(long incident) {
        return "/api/incidents/" + incident;
    }

    private long reportAndResolve() {
        var id = api.report(cast.reporter(), "To be resolved").path("id").asLong();
        api.send("DELETE", path(id), cast.reporter().accessToken(), null).expect(200);
        return id;
    }

    private long reportAndArchive() {
        var id = reportAndResolve();
        api.send("PATCH", path(id), cast.admin().accessToken(), Map.of("status", "ARCHIVED")).expect(200);
        return id;
    }
}
