package org.maraudersmap.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.UriUtils;

@ProductTest
class ReadIncidentsTest {
    private static final String PATH = "/api/incidents";

    private final Api api;
    private final JdbcClient jdbc;
    private final IncidentsOnTheMap map;

    ReadIncidentsTest(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
        this.map = new IncidentsOnTheMap(api, jdbc);
    }

    private static List<Long> ids(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body().path("incidents").values().stream().map(found -> found.path("id").asLong()).toList();
    }

    private List<Long> found(Api.Session reporter, String query) {
        return ids(api.get(PATH + "?reporter=" + reporter.userId() + "&" + query, reporter.accessToken()));
    }

    private List<Long> searched(Api.Session reporter, String text) {
        return found(reporter, "q=" + UriUtils.encode(text, StandardCharsets.UTF_8));
    }

    @Test
    void should_give_an_incident_its_version_as_entity_tag() {
        var student = map.student();
        var id = map.reported(student);
        var first = api.get(PATH + "/" + id, student);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("ETag")).contains("\"1\"");
        for (var known : List.of("\"1\"", "W/\"1\"", "\"0\", \"1\"")) {
            var unchanged = api.send("GET", PATH + "/" + id, student, null, "If-None-Match", known);
            assertThat(unchanged.status()).as(known).isEqualTo(304);
            assertThat(unchanged.text()).isEmpty();
            assertThat(unchanged.header("ETag")).contains("\"1\"");
            assertThat(unchanged.header("Log-Position")).isPresent();
        }
        map.put(student, id, Map.of("title", "Two trolls"));
        var changed = api.send("GET", PATH + "/" + id, student, null, "If-None-Match", "\"1\"");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).contains("\"2\"");
    }

    @Test
    void should_say_up_to_where_the_log_is_contained_in_the_answer() {
        var student = map.student();
        var id = map.reported(student);
        await().until(
                () -> jdbc.sql("select count(*) from event_log where topic = 'incident-events' and key = ?")
                        .param(String.valueOf(id))
                        .query(Long.class)
                        .single() == 1);
        var position = jdbc.sql("select position from event_log where topic = 'incident-events' and key = ?")
                .param(String.valueOf(id))
                .query(Long.class)
                .single();
        var epoch = jdbc.sql("select epoch from event_log_head").query(String.class).single();
        await().untilAsserted(() -> {
            for (var path : List.of(PATH, PATH + "/" + id)) {
                var answer = api.get(path, student);
                assertThat(answer.header("Log-Epoch")).contains(epoch);
                assertThat(Long.parseLong(answer.header("Log-Position").orElseThrow()))
                        .isGreaterThanOrEqualTo(position);
            }
        });
    }

    @Test
    void should_not_know_an_incident_that_was_never_reported() {
        for (var id : List.of("999999999999", "0", "-1")) {
            var answer = api.get(PATH + "/" + id, map.student());
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("NOT_FOUND");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1.5", "99999999999999999999", "1%00", "%20"})
    void should_refuse_a_malformed_number(String id) {
        var answer = api.get(PATH + "/" + id, map.student());
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_PARAMETER");
    }

    @Test
    void should_let_nobody_read_without_a_token() {
        assertThat(api.send("GET", PATH, null, null).status()).isEqualTo(401);
        assertThat(api.send("GET", PATH + "/1", null, null).status()).isEqualTo(401);
    }

    @Test
    void should_list_the_newest_first_and_filter_by_every_field() {
        var one = api.registerStudent();
        var prefect = map.prefect();
        var troll = map.reported(one.accessToken(), Map.of("title", "Troll", "severity", "DANGEROUS"));
        var mark = map.reported(
                one.accessToken(),
                Map.of("title", "Mark", "severity", "UNFORGIVABLE", "location", "FORBIDDEN_FOREST"));
        var pixies = map.reported(one.accessToken(), Map.of("title", "Pixies", "location", "FORBIDDEN_FOREST"));
        map.put(one.accessToken(), troll, Map.of("status", "IN_PROGRESS"));
        api.send(
                "PUT",
                PATH + "/" + mark + "/assignee",
                prefect.accessToken(),
                Map.of("userId", prefect.userId()));

        assertThat(found(one, "")).containsExactly(pixies, mark, troll);
        assertThat(found(one, "status=IN_PROGRESS")).containsExactly(troll);
        assertThat(found(one, "status=OPEN&status=IN_PROGRESS")).containsExactly(pixies, mark, troll);
        assertThat(found(one, "severity=UNFORGIVABLE")).containsExactly(mark);
        assertThat(found(one, "severity=MISCHIEF&severity=DANGEROUS")).containsExactly(pixies, troll);
        assertThat(found(one, "severity=MISCHIEF,DANGEROUS")).containsExactly(pixies, troll);
        assertThat(found(one, "location=FORBIDDEN_FOREST")).containsExactly(pixies, mark);
        assertThat(found(one, "urgent=true")).containsExactly(mark);
        assertThat(found(one, "urgent=false")).containsExactly(pixies, troll);
        assertThat(found(one, "assignee=" + prefect.userId())).containsExactly(mark);
        assertThat(found(one, "assignee=" + UUID.randomUUID())).isEmpty();
        assertThat(found(one, "location=FORBIDDEN_FOREST&urgent=true&q=mark")).containsExactly(mark);
        assertThat(found(one, "q=&cursor="))
                .containsExactly(pixies, mark, troll);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"status=CLOSED | one of OPEN, IN_PROGRESS, RESOLVED, ARCHIVED",
            "severity=SERIOUS&severity=BAD | one of MISCHIEF", "severity=critical | one of MISCHIEF",
            "location=NARNIA | PLATFORM_9_3_4", "assignee=me | a UUID", "reporter=42 | a UUID",
            "urgent=perhaps | true or false", "limit=0 | from 1 to 200", "limit=201 | from 1 to 200",
            "limit=-1 | from 1 to 200", "limit=many | a whole number", "limit=99999999999 | a whole number",
            "cursor=abc | a nextCursor", "q=%00 | text"})
    void should_refuse_a_parameter_that_cannot_be_used(String query, String detail) {
        var answer = api.get(PATH + "?" + query, map.student());
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_PARAMETER");
        assertThat(answer.body().path("detail").asString())
                .contains(query.substring(0, query.indexOf('=')))
                .contains(detail);
    }

    @Test
    void should_refuse_a_search_text_that_is_too_long() {
        assertThat(api.get(PATH + "?q=" + "x".repeat(1_001), map.student()).status()).isEqualTo(400);
    }

    @Test
    void should_page_through_everything_once_while_new_ones_are_reported() {
        var reporter = api.registerStudent();
        var expected = new ArrayList<Long>();
        for (var i = 0; i < 7; i++) {
            expected.addFirst(map.reported(reporter.accessToken()));
        }
        var seen = new ArrayList<Long>();
        var path = PATH + "?limit=3&reporter=" + reporter.userId();
        var page = api.get(path, reporter.accessToken());
        var sizes = new ArrayList<Integer>();
        while (true) {
            seen.addAll(ids(page));
            sizes.add(page.body().path("count").asInt());
            map.reported(reporter.accessToken());
            if (page.body().path("nextCursor").isNull()) {
                break;
            }
            page = api.get(path + "&cursor=" + page.body().path("nextCursor").asString(), reporter.accessToken());
        }
        assertThat(seen).containsExactlyElementsOf(expected);
        assertThat(sizes).containsExactly(3, 3, 1);
    }

    @Test
    void should_end_with_a_full_page_without_a_cursor() {
        var reporter = api.registerStudent();
        map.reported(reporter.accessToken());
        map.reported(reporter.accessToken());
        var page = api.get(PATH + "?limit=2&reporter=" + reporter.userId(), reporter.accessToken());
        assertThat(page.body().path("count").asInt()).isEqualTo(2);
        assertThat(page.body().path("nextCursor").isNull()).isTrue();
        assertThat(api.get(PATH + "?reporter=" + UUID.randomUUID(), reporter.accessToken()).text())
                .isEqualTo("{\"incidents\":[],\"count\":0,\"nextCursor\":null}");
    }

    @Test
    void should_find_by_the_beginnings_of_words() {
        var one = api.registerStudent();
        var dragon = map.reported(
                one.accessToken(),
                Map.of("title", "Dragon's egg hatching", "description", "A Norwegian Ridgeback in Hagrid's hut"));
        var mark = map.reported(
                one.accessToken(),
                Map.of("title", "Dark Mark", "description", "seen well-known wizards run; wand-lore"));

        assertThat(searched(one, "dragon")).containsExactly(dragon);
        assertThat(searched(one, "DRAGON EGG")).containsExactly(dragon);
        assertThat(searched(one, "norw")).containsExactly(dragon);
        assertThat(searched(one, "ridgeback hagr")).containsExactly(dragon);
        assertThat(searched(one, "egg mark")).isEmpty();
        assertThat(searched(one, "well-known")).containsExactly(mark);
        assertThat(searched(one, "wizard")).containsExactly(mark);
        assertThat(searched(one, "hagrid's")).containsExactly(dragon);
        map.put(one.accessToken(), mark, Map.of("title", "Morsmordre"));
        assertThat(searched(one, "morsm")).containsExactly(mark);
        assertThat(searched(one, "dark")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!!", "'", "''", "\"", "a & | b", ":*", "a:*b", "\\", "\\'", "-", "or", "( ) <->", "%",
            "_",
            "http://x.y/z'a?b=c&d", "a@b.c", "🧙", "ſ", "x'; drop table incidents; --", "\"unclosed", "a<->b:AB",
            "1e9999", "-1.5 .. /etc/passwd"})
    void should_take_any_text_as_a_search(String text) {
        var answer = api.get(PATH + "?q=" + UriUtils.encode(text, StandardCharsets.UTF_8), map.student());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
