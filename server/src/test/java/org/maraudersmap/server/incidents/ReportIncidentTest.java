package org.maraudersmap.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@ProductTest
class ReportIncidentTest {
    private static final String PATH = "/api/incidents";

    private final Api api;
    private final JdbcClient jdbc;
    private final IncidentsOnTheMap map;

    ReportIncidentTest(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
        this.map = new IncidentsOnTheMap(api, jdbc);
    }

    @Test
    void should_report_an_incident_with_all_its_fields() {
        var student = api.registerStudent();
        var answer = api.post(
                PATH,
                student.accessToken(),
                Map.of(
                        "title", "Dark Activity in Forbidden Forest",
                        "description", "Unusual sounds near the Acromantula colony",
                        "severity", "CRITICAL",
                        "location", "FORBIDDEN_FOREST",
                        "status", "ARCHIVED",
                        "colour", "green"));
        assertThat(answer.status()).isEqualTo(201);
        var incident = answer.body();
        assertThat(List.copyOf(incident.propertyNames())).containsExactly(
                "id", "title", "description", "severity", "location", "status", "reported_by", "reported_at",
                "assigned_to", "updated_at", "resolved_by", "resolved_at", "resolution", "version");
        assertThat(incident.path("title").asString()).isEqualTo("Dark Activity in Forbidden Forest");
        assertThat(incident.path("severity").asString()).isEqualTo("CRITICAL");
        assertThat(incident.path("location").asString()).isEqualTo("FORBIDDEN_FOREST");
        assertThat(incident.path("status").asString()).isEqualTo("OPEN");
        assertThat(incident.path("reported_by").asString()).isEqualTo(student.userId().toString());
        assertThat(incident.path("reported_at").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(incident.path("assigned_to").isNull()).isTrue();
        assertThat(incident.path("version").asLong()).isEqualTo(1);
        assertThat(answer.header("Location")).contains(PATH + "/" + incident.path("id").asLong());
        assertThat(answer.header("ETag")).contains("\"1\"");
        assertThat(api.get(PATH + "/" + incident.path("id").asLong(), student.accessToken()).body())
                .isEqualTo(incident);
    }

    @Test
    void should_need_nothing_but_a_title() {
        var incident = api.post(PATH, map.student(), Map.of("title", "Peeves")).body();
        assertThat(incident.path("description").asString()).isEmpty();
        assertThat(incident.path("severity").asString()).isEqualTo("MISCHIEF");
        assertThat(incident.path("location").asString()).isEqualTo("HOGWARTS");
    }

    @Test
    void should_record_one_event_with_the_whole_incident() {
        var student = api.registerStudent();
        var incident = api.post(PATH, student.accessToken(), Map.of("title", "Peeves")).body();
        var events = map.events(incident.path("id").asLong());
        assertThat(events).hasSize(1);
        var event = events.getFirst();
        assertThat(event.path("eventType").asString()).isEqualTo("incident.created");
        assertThat(event.path("source").asString()).isEqualTo("gryffindor-api");
        assertThat(event.path("userId").asString()).isEqualTo(student.userId().toString());
        assertThat(event.at("/metadata/actor/email").asString()).isEqualTo(student.email());
        assertThat(event.path("data")).isEqualTo(incident);
        assertThat(event.at("/data/id").isIntegralNumber()).isTrue();
    }

    @Test
    void should_keep_text_as_it_was_typed() {
        var title = "  <b>Peeves</b> & \"friends\" 🧙‍♂️ '; drop table incidents; --  ";
        var incident = api.post(PATH, map.student(), Map.of("title", title, "description", "a\r\n\tb")).body();
        assertThat(incident.path("title").asString()).isEqualTo(title);
        assertThat(api.get(PATH + "/" + incident.path("id").asLong(), map.student()).body().path("description")
                .asString()).as("a line ends in one way").isEqualTo("a\n\tb");
    }

    @Test
    void should_count_characters_not_code_units() {
        assertThat(api.post(PATH, map.student(), Map.of("title", "🧙".repeat(255))).status()).isEqualTo(201);
        assertThat(
                api.post(PATH, map.student(), Map.of("title", "x", "description", "x".repeat(10_000))).status())
                .isEqualTo(201);
    }

    static List<Arguments> badBodies() {
        return List.of(
                Arguments.of("{}", "VALIDATION_FAILED", "title"),
                Arguments.of("{\"title\": null}", "VALIDATION_FAILED", "title"),
                Arguments.of("{\"title\": \"\"}", "VALIDATION_FAILED", "title"),
                Arguments.of("{\"title\": \" \\t \"}", "VALIDATION_FAILED", "title"),
                Arguments.of("{\"title\": 5}", "VALIDATION_FAILED", "title: must be a text"),
                Arguments.of("{\"title\": true}", "VALIDATION_FAILED", "title: must be a text"),
                Arguments.of("{\"title\": [\"x\"]}", "VALIDATION_FAILED", "title"),
                Arguments.of("{\"title\": {}}", "VALIDATION_FAILED", "title"),
                Arguments.of("{\"title\": \"" + "x".repeat(256) + "\"}", "VALIDATION_FAILED", "at most 255"),
                Arguments.of("{\"title\": \"a\\u0000b\"}", "VALIDATION_FAILED", "U+0000"),
                Arguments.of("{\"title\": \"a\\ud800b\"}", "VALIDATION_FAILED", "surrogate"),
                Arguments.of(
                        "{\"title\": \"x\", \"description\": \"" + "x".repeat(10_001) + "\"}",
                        "VALIDATION_FAILED",
                        "at most 10000"),
                Arguments.of("{\"title\": \"x\", \"description\": 1.5}", "VALIDATION_FAILED", "description"),
                Arguments.of(
                        "{\"title\": \"x\", \"severity\": \"AWFUL\"}",
                        "VALIDATION_FAILED",
                        "severity: must be one of MISCHIEF, SUSPICIOUS, SERIOUS, DANGEROUS, CRITICAL, UNFORGIVABLE"),
                Arguments.of("{\"title\": \"x\", \"severity\": \"critical\"}", "VALIDATION_FAILED", "CRITICAL"),
                Arguments.of("{\"title\": \"x\", \"severity\": 4}", "VALIDATION_FAILED", "severity"),
                Arguments.of("{\"title\": \"x\", \"severity\": \"\"}", "VALIDATION_FAILED", "severity"),
                Arguments.of("{\"title\": \"x\", \"location\": \"NARNIA\"}", "VALIDATION_FAILED", "PLATFORM_9_3_4"),
                Arguments.of("[]", "VALIDATION_FAILED", "JSON object"),
                Arguments.of("\"x\"", "VALIDATION_FAILED", "JSON object"),
                Arguments.of("{\"title\": \"x\"", "MALFORMED_JSON", "not valid JSON"),
                Arguments.of("{\"title\": \"x\"} trailing", "MALFORMED_JSON", "not valid JSON"),
                Arguments.of("title=x", "MALFORMED_JSON", "not valid JSON"),
                Arguments.of("", "MALFORMED_JSON", "JSON body"),
                Arguments.of("null", "MALFORMED_JSON", "JSON body"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void should_refuse_a_bad_body_and_say_why(String body, String code, String detail) {
        var answer = api.sendText("POST", PATH, map.student(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
        assertThat(answer.body().path("detail").asString()).contains(detail);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
    }

    @Test
    void should_tell_everything_that_is_wrong_at_once() {
        var answer = api.post(PATH, map.student(), Map.of("title", " ", "description", "x".repeat(10_001)));
        assertThat(answer.body().path("errors").values()).extracting(error -> error.path("field").asString())
                .containsExactly("title", "description");
    }

    @Test
    void should_refuse_who_is_not_signed_in_and_what_is_too_large_or_no_json() {
        var missing = api.send("POST", PATH, null, Map.of("title", "x"));
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.code()).isEqualTo("UNAUTHENTICATED");
        var large = api.post(PATH, map.student(), Map.of("title", "x", "ignored", "x".repeat(140_000)));
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.code()).isEqualTo("PAYLOAD_TOO_LARGE");
        var text = api.sendText("POST", PATH, map.student(), "x", "Content-Type", "text/plain");
        assertThat(text.status()).isEqualTo(415);
        assertThat(text.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void should_number_incidents_upwards() {
        var student = map.student();
        var first = map.reported(student);
        var second = map.reported(student);
        assertThat(second).isGreaterThan(first);
    }

    // Idempotency-Key

    private Answer postWithKey(String token, String key, Object body) {
        return api.send("POST", PATH, token, body, "Idempotency-Key", key);
    }

    private long countOfTitle(String title) {
        return jdbc.sql("select count(*) from incidents where title = ?").param(title).query(Long.class).single();
    }

    @Test
    void should_answer_the_same_again_for_the_same_key_and_body() {
        var student = map.student();
        var title = "once " + UUID.randomUUID();
        var first = postWithKey(student, "key-1", Map.of("title", title));
        var again = api.sendText(
                "POST",
                PATH,
                student,
                "{ \"severity\": null,  \"title\": \"" + title + "\" }",
                "Idempotency-Key",
                "key-1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(countOfTitle(title)).isEqualTo(1);
        assertThat(map.events(first.body().path("id").asLong())).hasSize(1);
    }

    @Test
    void should_answer_as_it_did_even_if_the_incident_has_changed_since() {
        var student = map.student();
        var first = postWithKey(student, "key-1", Map.of("title", "before"));
        map.put(student, first.body().path("id").asLong(), Map.of("title", "after"));
        assertThat(postWithKey(student, "key-1", Map.of("title", "before")).text()).isEqualTo(first.text());
    }

    @Test
    void should_refuse_another_body_under_the_same_key() {
        var student = map.student();
        postWithKey(student, "key-1", Map.of("title", "one"));
        var other = postWithKey(student, "key-1", Map.of("title", "two"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void should_count_keys_for_each_user_alone() {
        var title = "twice " + UUID.randomUUID();
        assertThat(postWithKey(map.student(), "key-1", Map.of("title", title)).status()).isEqualTo(201);
        assertThat(postWithKey(map.student(), "key-1", Map.of("title", title)).status()).isEqualTo(201);
        assertThat(countOfTitle(title)).isEqualTo(2);
    }

    @Test
    void should_not_keep_a_refusal() {
        var student = map.student();
        assertThat(postWithKey(student, "key-1", Map.of("title", "")).status()).isEqualTo(400);
        assertThat(postWithKey(student, "key-1", Map.of("title", "better")).status()).isEqualTo(201);
    }

    @Test
    void should_refuse_a_key_that_is_none() {
        for (var key : List.of("x".repeat(256), "two words")) {
            var answer = postWithKey(map.student(), key, Map.of("title", "x"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("INVALID_PARAMETER");
            assertThat(answer.body().path("detail").asString()).contains("Idempotency-Key");
        }
    }

    @Test
    void should_report_once_when_the_same_command_comes_many_times_at_once() throws Exception {
        var student = map.student();
        var title = "stampede " + UUID.randomUUID();
        var texts = new HashMap<String, Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Answer> post = () -> postWithKey(student, "key-1", Map.of("title", title));
            for (var done : threads.invokeAll(java.util.Collections.nCopies(30, post))) {
                assertThat(done.get().status()).as(done.get().text()).isEqualTo(201);
                texts.merge(done.get().text(), 1, Integer::sum);
            }
        }
        assertThat(texts).hasSize(1);
        assertThat(countOfTitle(title)).isEqualTo(1);
    }
}
