package org.maraudersmap.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ProductTest
class ChangeIncidentTest {
    private static final String PATH = "/api/incidents/";

    private final Api api;
    private final IncidentsOnTheMap map;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    ChangeIncidentTest(Api api, JdbcClient jdbc, TransactionTemplate transactions) {
        this.api = api;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.map = new IncidentsOnTheMap(api, jdbc);
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
    }

    private Answer resolve(String token, long id, String... headers) {
        return api.send("DELETE", PATH + id, token, null, headers);
    }

    private Answer assign(String token, long id, UUID userId, String... headers) {
        return api.send("PUT", PATH + id + "/assignee", token, Map.of("userId", userId), headers);
    }

    private Answer unassign(String token, long id, String... headers) {
        return api.send("PUT", PATH + id + "/assignee", token, Collections.singletonMap("userId", null), headers);
    }

    @Test
    void should_not_assign_to_who_is_being_demoted_in_the_same_instant() throws Exception {
        var admin = api.loginAdmin().accessToken();
        var prefect = api.registerStudent();
        api.send("PUT", "/api/users/" + prefect.userId() + "/role", admin, Map.of("role", "PREFECT"));
        var id = map.reported(admin, Map.of("title", "Boggart"));

        try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
            var assigned = transactions.execute(_ -> {
                jdbc.sql("update users set role = 'STUDENT' where id = ?").param(prefect.userId()).update();
                var waiting = other.submit(() -> assign(admin, id, prefect.userId()));
                await().until(
                        () -> jdbc.sql("select count(*) from pg_locks where not granted").query(Long.class)
                                .single() > 0);
                return waiting;
            });

            assertRefused(assigned.get(), 400, "VALIDATION_FAILED");
        }
    }

    /** Every change of an incident, for what is true of all of them. */
    private List<Answer> everyChange(String token, long id, String... headers) {
        return List.of(
                map.put(token, id, Map.of("title", "x"), headers),
                map.patch(token, id, Map.of("severity", "CRITICAL"), headers),
                resolve(token, id, headers),
                api.send("PATCH", PATH + id + "/resolve", token, Map.of("resolution", "Done."), headers),
                unassign(token, id, headers));
    }

    @Test
    void should_edit_what_is_given_and_leave_the_rest() {
        var student = api.registerStudent();
        var id = map.reported(student.accessToken(), Map.of("title", "Troll", "description", "big"));
        for (var method : List.of("PUT", "PATCH")) {
            var severity = method.equals("PUT") ? "SERIOUS" : "CRITICAL";
            var answer = api.send(method, PATH + id, student.accessToken(), Map.of("severity", severity));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().path("severity").asString()).isEqualTo(severity);
            assertThat(answer.body().path("title").asString()).isEqualTo("Troll");
            assertThat(answer.body().path("description").asString()).isEqualTo("big");
        }
        var answer = api.get(PATH + id, student.accessToken());
        assertThat(answer.body().path("version").asLong()).isEqualTo(3);
        assertThat(answer.header("ETag")).contains("\"3\"");
    }

    @Test
    void should_record_what_an_edit_changed_and_what_it_was_before() {
        var student = api.registerStudent();
        var id = map.reported(student.accessToken(), Map.of("title", "Troll", "severity", "SERIOUS"));
        var answer = map.put(
                student.accessToken(),
                id,
                Map.of("title", "Troll", "severity", "CRITICAL", "description", "In the dungeons"));
        var event = map.lastEvent(id);
        assertThat(event.path("eventType").asString()).isEqualTo("incident.updated");
        assertThat(event.at("/metadata/actor/id").asString()).isEqualTo(student.userId().toString());
        assertThat(event.at("/data/id").asLong()).isEqualTo(id);
        assertThat(event.at("/data/updatedFields").toString())
                .isEqualTo("{\"description\":\"In the dungeons\",\"severity\":\"CRITICAL\"}");
        assertThat(event.at("/data/previousValues").toString())
                .isEqualTo("{\"description\":\"\",\"severity\":\"SERIOUS\"}");
        assertThat(event.at("/data/incident")).isEqualTo(answer.body());
    }

    @Test
    void should_make_no_event_and_no_version_of_an_edit_that_changes_nothing() {
        var student = map.student();
        var id = map.reported(student);
        for (var edit : List.of(Map.of(), Map.of("title", "Troll in the dungeons"), Map.of("status", "OPEN"))) {
            var answer = map.put(student, id, edit);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().path("version").asLong()).isEqualTo(1);
        }
        assertThat(map.eventTypes(id)).containsExactly("incident.created");
    }

    @Test
    void should_make_two_events_with_a_version_each_of_an_edit_that_also_resolves() {
        var student = api.registerStudent();
        var id = map.reported(student.accessToken());
        var answer = map.put(student.accessToken(), id, Map.of("title", "Troll, tamed", "status", "RESOLVED"));
        assertThat(answer.body().path("version").asLong()).isEqualTo(3);
        assertThat(answer.body().path("status").asString()).isEqualTo("RESOLVED");
        assertThat(answer.body().path("resolution").asString()).isEqualTo("Incident resolved by Neville Longbottom");
        assertThat(map.eventTypes(id)).containsExactly("incident.created", "incident.updated", "incident.resolved");
        assertThat(map.events(id).get(1).at("/data/incident/version").asLong()).isEqualTo(2);
        assertThat(map.events(id).get(1).at("/data/incident/status").asString()).isEqualTo("OPEN");
        assertThat(map.events(id).get(2).at("/data/incident/version").asLong()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "DELETE with body", "PATCH /resolve", "PATCH /resolve without body", "PUT"})
    void should_resolve_by_every_route(String route) {
        var student = api.registerStudent();
        var token = student.accessToken();
        var id = map.reported(token);
        var given = Map.of("resolution", "It was <Peeves>.");
        var answer = switch (route) {
            case "DELETE" -> resolve(token, id);
            case "DELETE with body" -> api.send("DELETE", PATH + id, token, given);
            case "PATCH /resolve" -> api.send("PATCH", PATH + id + "/resolve", token, given);
            case "PATCH /resolve without body" -> api.send("PATCH", PATH + id + "/resolve", token, null);
            default -> map.put(token, id, Map.of("status", "RESOLVED"));
        };
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var incident = answer.body();
        assertThat(incident.path("status").asString()).isEqualTo("RESOLVED");
        assertThat(incident.path("resolved_by").asString()).isEqualTo(student.userId().toString());
        assertThat(incident.path("resolved_at").asString()).isEqualTo(incident.path("updated_at").asString());
        var expected = route.equals("DELETE with body") || route.equals("PATCH /resolve")
                ? "It was <Peeves>."
                : "Incident resolved by Neville Longbottom";
        assertThat(incident.path("resolution").asString()).isEqualTo(expected);

        var event = map.lastEvent(id);
        assertThat(event.path("eventType").asString()).isEqualTo("incident.resolved");
        var data = event.path("data");
        assertThat(List.copyOf(data.propertyNames())).containsExactly(
                "incidentId", "resolvedBy", "resolvedAt", "resolution", "incident", "previousValues");
        assertThat(data.path("incidentId").isIntegralNumber()).isTrue();
        assertThat(data.path("resolvedBy")).isEqualTo(incident.path("resolved_by"));
        assertThat(data.path("resolvedAt")).isEqualTo(incident.path("resolved_at"));
        assertThat(data.path("resolution").asString()).isEqualTo(expected);
        assertThat(data.path("incident")).isEqualTo(incident);
        assertThat(data.path("previousValues").toString()).isEqualTo(
                "{\"status\":\"OPEN\",\"resolved_by\":null,\"resolved_at\":null,\"resolution\":null}");
    }

    @Test
    void should_refuse_to_resolve_twice() {
        var student = map.student();
        var id = map.reported(student);
        resolve(student, id);
        assertRefused(resolve(student, id), 409, "CONFLICT");
        assertRefused(api.send("PATCH", PATH + id + "/resolve", student, null), 409, "CONFLICT");
        assertThat(map.put(student, id, Map.of("status", "RESOLVED")).status()).isEqualTo(200);
        assertThat(map.eventTypes(id)).containsExactly("incident.created", "incident.resolved");
    }

    @Test
    void should_clear_the_resolution_when_reopened() {
        var student = map.student();
        var id = map.reported(student);
        var resolved = resolve(student, id).body();
        var reopened = map.put(student, id, Map.of("status", "OPEN")).body();
        assertThat(reopened.path("resolution").isNull()).isTrue();
        assertThat(reopened.path("resolved_by").isNull()).isTrue();
        assertThat(reopened.path("resolved_at").isNull()).isTrue();
        var event = map.lastEvent(id);
        assertThat(event.path("eventType").asString()).isEqualTo("incident.updated");
        assertThat(event.at("/data/previousValues/resolution")).isEqualTo(resolved.path("resolution"));
        assertThat(event.at("/data/previousValues/resolved_at")).isEqualTo(resolved.path("resolved_at"));
        assertThat(event.at("/data/updatedFields").toString()).isEqualTo(
                "{\"status\":\"OPEN\",\"resolved_by\":null,\"resolved_at\":null,\"resolution\":null}");
    }

    @Test
    void should_archive_what_is_resolved_and_let_nobody_touch_it_then() {
        var auror = map.auror().accessToken();
        var id = map.reported(auror);
        assertRefused(map.put(auror, id, Map.of("status", "ARCHIVED")), 409, "CONFLICT");
        resolve(auror, id);
        assertRefused(map.put(auror, id, Map.of("status", "IN_PROGRESS")), 409, "CONFLICT");
        var archived = map.put(auror, id, Map.of("status", "ARCHIVED")).body();
        assertThat(archived.path("status").asString()).isEqualTo("ARCHIVED");
        assertThat(archived.path("resolution").asString()).isEqualTo("Incident resolved by Alastor Moody");
        var event = map.lastEvent(id);
        assertThat(event.path("eventType").asString()).isEqualTo("incident.archived");
        assertThat(event.path("data").toString()).isEqualTo(
                "{\"incidentId\":" + id + ",\"incident\":" + archived
                        + ",\"previousValues\":{\"status\":\"RESOLVED\"}}");

        for (var edit : List.of(
                Map.of("title", "x"),
                Map.of("status", "OPEN"),
                Map.of("status", "IN_PROGRESS"),
                Map.of("status", "RESOLVED"))) {
            assertRefused(map.put(auror, id, edit), 409, "CONFLICT");
        }
        assertRefused(resolve(auror, id), 409, "CONFLICT");
        assertRefused(assign(auror, id, map.prefect().userId()), 409, "CONFLICT");
        assertThat(api.get(PATH + id, auror).status()).isEqualTo(200);
        assertThat(map.events(id)).hasSize(3);
    }

    @Test
    void should_assign_and_unassign() {
        var prefect = map.prefect();
        var auror = map.auror();
        var id = map.reported(map.student());
        var assigned = assign(prefect.accessToken(), id, auror.userId());
        assertThat(assigned.status()).as(assigned.text()).isEqualTo(200);
        assertThat(assigned.body().path("assigned_to").asString()).isEqualTo(auror.userId().toString());
        assertThat(map.lastEvent(id).path("data").toString()).isEqualTo(
                "{\"incidentId\":" + id + ",\"assignedTo\":\"" + auror.userId()
                        + "\",\"previousAssignee\":null,\"incident\":" + assigned.body() + "}");
        assertThat(assign(prefect.accessToken(), id, auror.userId()).body().path("version").asLong()).isEqualTo(2);
        var nobody = unassign(prefect.accessToken(), id);
        assertThat(nobody.body().path("assigned_to").isNull()).isTrue();
        assertThat(map.lastEvent(id).at("/data/previousAssignee").asString()).isEqualTo(auror.userId().toString());
        assertThat(unassign(prefect.accessToken(), id).body().path("version").asLong()).isEqualTo(3);
        assertThat(map.eventTypes(id)).containsExactly("incident.created", "incident.assigned", "incident.assigned");
    }

    @Test
    void should_refuse_an_assignee_who_cannot_be_one() {
        var prefect = map.prefect().accessToken();
        var id = map.reported(prefect);
        assertRefused(assign(prefect, id, api.registerStudent().userId()), 400, "VALIDATION_FAILED");
        assertRefused(assign(prefect, id, UUID.randomUUID()), 400, "VALIDATION_FAILED");
        for (var body : List.of("{}", "{\"user\": null}", "{\"userId\": \"me\"}", "{\"userId\": 5}",
                "{\"userId\": \"\"}", "{\"userId\": []}")) {
            var answer = api.sendText("PUT", PATH + id + "/assignee", prefect, body);
            assertRefused(answer, 400, "VALIDATION_FAILED");
            assertThat(answer.body().at("/errors/0/field").asString()).as(body).isEqualTo("userId");
        }
        assertThat(map.events(id)).hasSize(1);
    }

    @Test
    void should_let_a_student_change_only_his_own() {
        var reporter = map.student();
        var other = map.student();
        var id = map.reported(reporter);
        for (var answer : everyChange(other, id)) {
            assertRefused(answer, 403, "FORBIDDEN");
        }
        assertRefused(assign(reporter, id, map.prefect().userId()), 403, "FORBIDDEN");
        assertThat(map.events(id)).hasSize(1);
        assertThat(map.put(reporter, id, Map.of("status", "IN_PROGRESS")).status()).isEqualTo(200);
        assertThat(resolve(reporter, id).status()).isEqualTo(200);
        assertRefused(map.put(reporter, id, Map.of("status", "ARCHIVED")), 403, "FORBIDDEN");
        assertRefused(map.put(map.prefect().accessToken(), id, Map.of("status", "ARCHIVED")), 403, "FORBIDDEN");
        assertThat(map.put(map.auror().accessToken(), id, Map.of("status", "ARCHIVED")).status()).isEqualTo(200);
    }

    @Test
    void should_refuse_every_change_of_what_does_not_exist_or_without_a_token() {
        for (var answer : everyChange(map.auror().accessToken(), 999_999_999_999L)) {
            assertRefused(answer, 404, "NOT_FOUND");
        }
        var id = map.reported(map.student());
        assertRefused(api.send("PUT", PATH + id, null, Map.of("title", "x")), 401, "UNAUTHENTICATED");
        assertRefused(api.send("PATCH", PATH + id, null, Map.of("title", "x")), 401, "UNAUTHENTICATED");
        assertRefused(api.send("DELETE", PATH + id, null, null), 401, "UNAUTHENTICATED");
        assertRefused(api.send("PATCH", PATH + id + "/resolve", null, null), 401, "UNAUTHENTICATED");
        assertRefused(api.send("PUT", PATH + id + "/assignee", null, Map.of()), 401, "UNAUTHENTICATED");
        assertRefused(api.send("POST", PATH + id, map.student(), Map.of()), 405, "METHOD_NOT_ALLOWED");
    }

    static List<Arguments> badEdits() {
        return List.of(
                Arguments.of("{\"title\": null}", "VALIDATION_FAILED", "title"),
                Arguments.of("{\"title\": \" \"}", "VALIDATION_FAILED", "title"),
                Arguments.of("{\"title\": 5}", "VALIDATION_FAILED", "title"),
                Arguments.of("{\"title\": \"" + "x".repeat(256) + "\"}", "VALIDATION_FAILED", "255"),
                Arguments.of("{\"description\": null}", "VALIDATION_FAILED", "description"),
                Arguments.of("{\"description\": \"" + "x".repeat(10_001) + "\"}", "VALIDATION_FAILED", "10000"),
                Arguments.of("{\"description\": \"\\u0000\"}", "VALIDATION_FAILED", "U+0000"),
                Arguments.of("{\"severity\": \"BAD\"}", "VALIDATION_FAILED", "one of MISCHIEF"),
                Arguments.of("{\"severity\": null}", "VALIDATION_FAILED", "severity"),
                Arguments.of("{\"location\": \"NARNIA\"}", "VALIDATION_FAILED", "HOGSMEADE"),
                Arguments.of("{\"status\": \"CLOSED\"}", "VALIDATION_FAILED", "OPEN, IN_PROGRESS, RESOLVED, ARCHIVED"),
                Arguments.of("{\"status\": 1}", "VALIDATION_FAILED", "status"),
                Arguments.of("{\"status\": ", "MALFORMED_JSON", "JSON"),
                Arguments.of("[]", "VALIDATION_FAILED", "JSON object"),
                Arguments.of("", "MALFORMED_JSON", "JSON body"));
    }

    @ParameterizedTest
    @MethodSource("badEdits")
    void should_refuse_a_bad_edit_and_change_nothing(String body, String code, String detail) {
        var student = map.student();
        var id = map.reported(student);
        for (var method : List.of("PUT", "PATCH")) {
            var answer = api.sendText(method, PATH + id, student, body);
            assertRefused(answer, 400, code);
            assertThat(answer.body().path("detail").asString()).contains(detail);
        }
        assertThat(map.events(id)).hasSize(1);
    }

    @Test
    void should_refuse_a_bad_resolution() {
        var student = map.student();
        var id = map.reported(student);
        for (var method : Map.of("DELETE", "", "PATCH", "/resolve").entrySet()) {
            for (var body : List.of("{\"resolution\": 5}", "{\"resolution\": \"" + "x".repeat(10_001) + "\"}", "[]")) {
                assertRefused(
                        api.sendText(method.getKey(), PATH + id + method.getValue(), student, body),
                        400,
                        "VALIDATION_FAILED");
            }
            assertRefused(
                    api.sendText(method.getKey(), PATH + id + method.getValue(), student, "{"),
                    400,
                    "MALFORMED_JSON");
        }
        assertThat(map.events(id)).hasSize(1);
    }

    @Test
    void should_refuse_every_change_by_who_knows_an_older_version() {
        var auror = map.auror().accessToken();
        var id = map.reported(auror);
        map.put(auror, id, Map.of("title", "Two trolls"));
        for (var stale : List.of("\"1\"", "W/\"1\"", "\"7\", \"8\"", "\"x\"")) {
            for (var answer : everyChange(auror, id, "If-Match", stale)) {
                assertRefused(answer, 412, "STALE_VERSION");
            }
        }
        assertRefused(map.put(auror, id, Map.of(), "If-Match", "\"1\""), 412, "STALE_VERSION");
        assertThat(map.events(id)).hasSize(2);
    }

    @Test
    void should_refuse_an_if_match_that_is_none() {
        var auror = map.auror().accessToken();
        var id = map.reported(auror);
        for (var malformed : List.of("1", "\"1", ",", "*, \"1\"", "")) {
            for (var answer : everyChange(auror, id, "If-Match", malformed)) {
                assertRefused(answer, 400, "INVALID_PARAMETER");
            }
        }
    }

    @Test
    void should_let_change_who_knows_the_version_in_force() {
        var auror = map.auror().accessToken();
        var id = map.reported(auror);
        var version = new AtomicInteger(1);
        for (var known : List.of("\"%d\"", "W/\"%d\"", "\"x\", \"%d\"", "*")) {
            var answer = map.put(
                    auror,
                    id,
                    Map.of("title", "Troll " + version),
                    "If-Match",
                    known.formatted(version.get()));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.header("ETag")).contains("\"" + version.incrementAndGet() + "\"");
        }
        assertThat(assign(auror, id, map.prefect().userId(), "If-Match", "\"5\"").status()).isEqualTo(200);
        assertThat(resolve(auror, id, "If-Match", "\"6\"").status()).isEqualTo(200);
    }

    @Test
    void should_give_every_one_of_many_writers_a_version_of_its_own() throws Exception {
        var student = map.student();
        var auror = map.auror().accessToken();
        var id = map.reported(student);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var edits = IntStream.range(0, 40)
                    .<Callable<Answer>>mapToObj(
                            i -> () -> map.put(i % 2 == 0 ? student : auror, id, Map.of("title", "Edit " + i)))
                    .toList();
            for (var done : threads.invokeAll(edits)) {
                assertThat(done.get().status()).as(done.get().text()).isEqualTo(200);
            }
        }
        assertThat(map.events(id).stream().skip(1).map(event -> event.at("/data/incident/version").asLong()))
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 41).boxed().toList());
        var titles = map.events(id).stream().skip(1).toList();
        for (var i = 1; i < titles.size(); i++) {
            assertThat(titles.get(i).at("/data/previousValues/title"))
                    .isEqualTo(titles.get(i - 1).at("/data/incident/title"));
        }
    }

    @Test
    void should_let_one_of_two_win_who_know_the_same_version() throws Exception {
        var student = map.student();
        var id = map.reported(student);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var edits = IntStream.range(0, 10)
                    .<Callable<Integer>>mapToObj(
                            i -> () -> map.put(student, id, Map.of("title", "Edit " + i), "If-Match", "\"1\"").status())
                    .toList();
            var statuses = new java.util.ArrayList<Integer>();
            for (var done : threads.invokeAll(edits)) {
                statuses.add(done.get());
            }
            assertThat(statuses).containsOnly(200, 412);
            assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
        }
        assertThat(map.events(id)).hasSize(2);
    }

    @Test
    void should_resolve_once_when_many_try_at_the_same_time() throws Exception {
        var student = map.student();
        var id = map.reported(student);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> resolving = () -> resolve(student, id).status();
            var statuses = new java.util.ArrayList<Integer>();
            for (var done : threads.invokeAll(Collections.nCopies(10, resolving))) {
                statuses.add(done.get());
            }
            assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
            assertThat(Collections.frequency(statuses, 409)).isEqualTo(9);
        }
        assertThat(map.eventTypes(id)).containsExactly("incident.created", "incident.resolved");
    }
}
