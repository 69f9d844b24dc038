package org.maraudersmap.server.comments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.incidents.IncidentsOnTheMap;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.ProductTest;
import org.maraudersmap.server.support.SocketClient;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ProductTest
class CommentTest {
    private final Api api;
    private final JdbcClient jdbc;
    private final IncidentsOnTheMap map;
    private final Api.Session author;
    private final long incident;

    CommentTest(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
        this.map = new IncidentsOnTheMap(api, jdbc);
        this.author = api.registerStudent();
        this.incident = map.reported(author.accessToken());
    }

    private String path() {
        return path(incident);
    }

    private static String path(long id) {
        return "/api/incidents/" + id + "/comments";
    }

    private JsonNode posted(String content) {
        var answer = api.post(path(), author.accessToken(), Map.of("content", content));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body();
    }

    private Answer delete(String token, long comment) {
        return api.send("DELETE", path() + "/" + comment, token, null);
    }

    private static List<String> contents(Answer page) {
        return page.body().path("comments").valueStream().map(each -> each.path("content").asString()).toList();
    }

    private void archive() {
        var auror = map.auror().accessToken();
        assertThat(map.patch(auror, incident, Map.of("status", "RESOLVED")).status()).isEqualTo(200);
        assertThat(map.patch(auror, incident, Map.of("status", "ARCHIVED")).status()).isEqualTo(200);
    }

    @Test
    void should_post_a_comment_with_its_author() {
        var comment = posted("  <b>It</b> is a *troll* 🧌  ");

        assertThat(List.copyOf(comment.propertyNames()))
                .containsExactly("id", "incidentId", "content", "author", "createdAt");
        assertThat(comment.path("incidentId").asLong()).isEqualTo(incident);
        assertThat(comment.path("content").asString()).as("as it was typed").isEqualTo("  <b>It</b> is a *troll* 🧌  ");
        assertThat(comment.at("/author/handle").asString()).isEqualTo(author.handle());
        assertThat(comment.path("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        var page = api.get(path(), api.registerStudent().accessToken());
        assertThat(page.body().path("comments").get(0)).isEqualTo(comment);
        assertThat(page.body().path("count").asInt()).isEqualTo(1);
        assertThat(page.body().path("nextCursor").isNull()).isTrue();
        assertThat(page.header("Log-Position")).isPresent();
        assertThat(page.header("Log-Epoch")).isPresent();
    }

    @Test
    void should_record_what_happens_to_comments_among_the_events_of_the_incident() {
        var mentioned = api.registerStudent();
        var comment = posted("Ask @" + mentioned.handle() + ", not @nobody.of.this.name or `@luna.lovegood`");
        delete(author.accessToken(), comment.path("id").asLong());

        assertThat(map.eventTypes(incident)).containsExactly("incident.created", "comment.created", "comment.deleted");
        var created = map.events(incident).get(1);
        assertThat(created.path("userId").asString()).isEqualTo(author.userId().toString());
        assertThat(created.at("/data/commentId")).isEqualTo(comment.path("id"));
        assertThat(created.at("/data/incidentId").asLong()).isEqualTo(incident);
        assertThat(created.at("/data/content")).isEqualTo(comment.path("content"));
        assertThat(created.at("/data/author")).isEqualTo(comment.path("author"));
        assertThat(created.at("/data/createdAt")).isEqualTo(comment.path("createdAt"));
        assertThat(created.at("/data/mentions").valueStream().map(JsonNode::asString))
                .containsExactly(mentioned.userId().toString());
        assertThat(map.lastEvent(incident).path("data").properties()).hasSize(2);
    }

    @Test
    void should_page_through_a_thread_oldest_first() {
        IntStream.rangeClosed(1, 5).forEach(number -> posted("number " + number));

        var first = api.get(path() + "?limit=2", author.accessToken());
        assertThat(contents(first)).containsExactly("number 1", "number 2");
        var second = api.get(
                path() + "?limit=2&cursor=" + first.body().path("nextCursor").asString(), author.accessToken());
        assertThat(contents(second)).containsExactly("number 3", "number 4");
        // What is said meanwhile comes at the end.
        posted("number 6");
        var third = api.get(
                path() + "?limit=2&cursor=" + second.body().path("nextCursor").asString(), author.accessToken());
        assertThat(contents(third)).containsExactly("number 5", "number 6");
        assertThat(third.body().path("nextCursor").isNull()).isTrue();
    }

    @Test
    void should_let_its_author_and_aurors_delete_a_comment_and_nobody_else() {
        var first = posted("first").path("id").asLong();
        var second = posted("second").path("id").asLong();
        var third = posted("third").path("id").asLong();

        for (var other : List.of(api.registerStudent().accessToken(), map.prefect().accessToken())) {
            var refused = delete(other, first);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("FORBIDDEN");
        }
        assertThat(delete(author.accessToken(), first).status()).isEqualTo(204);
        assertThat(delete(map.auror().accessToken(), second).status()).isEqualTo(204);
        assertThat(delete(api.loginAdmin().accessToken(), third).status()).isEqualTo(204);
        assertThat(contents(api.get(path(), author.accessToken()))).isEmpty();
        assertThat(delete(author.accessToken(), first).status()).as("once").isEqualTo(404);
        assertThat(map.eventTypes(incident)).filteredOn("comment.deleted"::equals).hasSize(3);
    }

    @Test
    void should_not_find_comments_where_they_are_not() {
        var comment = posted("here").path("id").asLong();
        var elsewhere = map.reported(author.accessToken());

        assertThat(api.get(path(999_999_999_999L), author.accessToken()).status()).isEqualTo(404);
        assertThat(api.post(path(999_999_999_999L), author.accessToken(), Map.of("content", "x")).status())
                .isEqualTo(404);
        assertThat(api.send("DELETE", path(elsewhere) + "/" + comment, author.accessToken(), null).status())
                .isEqualTo(404);
        assertThat(contents(api.get(path(), author.accessToken()))).containsExactly("here");
    }

    @Test
    void should_let_the_comments_of_an_archived_incident_be_read_and_nothing_more() {
        var comment = posted("said in time").path("id").asLong();
        archive();

        var late = api.post(path(), author.accessToken(), Map.of("content", "too late"));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("CONFLICT");
        assertThat(delete(author.accessToken(), comment).status()).isEqualTo(409);
        assertThat(contents(api.get(path(), author.accessToken()))).containsExactly("said in time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"content\": null}", "{\"content\": \"\"}", "{\"content\": \" \\n \"}",
            "{\"content\": 5}", "{\"content\": \"a\\u0000b\"}"})
    void should_refuse_what_is_no_comment(String body) {
        var answer = api.sendText("POST", path(), author.accessToken(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo("content");
    }

    @Test
    void should_count_characters_of_a_comment_as_they_are_read() {
        posted("🧙".repeat(5_000));
        assertThat(api.post(path(), author.accessToken(), Map.of("content", "x".repeat(5_001))).status())
                .isEqualTo(400);
    }

    @Test
    void should_post_once_for_the_same_idempotency_key() {
        var body = Map.of("content", "once");
        var first = api.send("POST", path(), author.accessToken(), body, "Idempotency-Key", "k");
        var again = api.send("POST", path(), author.accessToken(), body, "Idempotency-Key", "k");
        var other = api.send(
                "POST", path(), author.accessToken(), Map.of("content", "other"), "Idempotency-Key", "k");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.status()).isEqualTo(422);
        assertThat(contents(api.get(path(), author.accessToken()))).containsExactly("once");
    }

    @Test
    void should_keep_ids_and_events_in_one_order_when_many_post_at_once() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var posts = IntStream.range(0, 40)
                    .<Callable<JsonNode>>mapToObj(number -> () -> posted("at once " + number))
                    .toList();
            for (var post : threads.invokeAll(posts)) {
                post.get();
            }
        }

        var ids = map.events(incident)
                .stream()
                .filter(event -> event.path("eventType").asString().equals("comment.created"))
                .map(event -> event.at("/data/commentId").asLong())
                .toList();
        assertThat(ids).hasSize(40).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void should_tell_those_who_look_at_the_incident_and_nobody_else() {
        var viewer = api.registerStudent();
        try (var inside = SocketClient.connectAs(api, viewer); var outside = SocketClient.connectAs(api, viewer)) {
            assertThat(inside.ask("room:join", Map.of("room", "incident:" + incident)).path("ok").asBoolean())
                    .isTrue();

            var comment = posted("Heard in the room");
            var heard = inside.await("comment:created");
            assertThat(heard.payload().path("comment")).as("as in REST").isEqualTo(comment);
            assertThat(heard.payload().path("author")).isEqualTo(comment.path("author"));
            assertThat(heard.payload().path("incidentId").isString()).isTrue();
            assertThat(heard.payload().path("incidentId").asString()).isEqualTo(String.valueOf(incident));
            assertThat(heard.offset()).isNotEmpty();

            delete(author.accessToken(), comment.path("id").asLong());
            var deleted = inside.await("comment:deleted");
            assertThat(deleted.payload().path("commentId").asString()).isEqualTo(comment.path("id").asString());
            assertThat(deleted.payload().path("incidentId").asString()).isEqualTo(String.valueOf(incident));
            assertThat(deleted.offset()).isNotEmpty();

            var fence = map.reported(author.accessToken());
            outside.await("incident:created", payload -> payload.at("/incident/id").asLong() == fence);
            assertThat(outside.heard("comment:created")).isEmpty();
            assertThat(outside.heard("comment:deleted")).isEmpty();
        }
    }

    @Test
    void should_have_comments_on_the_demo_incidents() {
        var comments = jdbc
                .sql("select count(*) from incident_comments where incident_id <= 12")
                .query(Long.class)
                .single();
        assertThat(comments).isEqualTo(9);
        var hermione = map.prefect();
        await().untilAsserted(
                () -> assertThat(
                        api.get("/api/notifications", hermione.accessToken())
                                .body()
                                .path("notifications")
                                .valueStream()
                                .map(each -> each.path("message").asString()))
                        .contains("Luna Lovegood mentioned you on #2"));
    }
}
