package org.maraudersmap.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ProductTest
class SearchIncidentsTest {
    private final Api api;
    private final JdbcClient jdbc;
    private final IncidentsOnTheMap map;
    private final Api.Session reporter;

    SearchIncidentsTest(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
        this.map = new IncidentsOnTheMap(api, jdbc);
        this.reporter = api.registerStudent();
    }

    private boolean isFoundBy(String typed) {
        var answer = api.get(
                "/api/incidents?reporter=" + reporter.userId() + "&q="
                        + UriUtils.encode(typed, StandardCharsets.UTF_8),
                reporter.accessToken());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body().path("count").asInt() == 1;
    }

    private static Stream<JsonNode> examples() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(Path.of("../docs/examples/search.json"))).valueStream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void should_find_what_is_there_and_nothing_else(JsonNode example) {
        map.reported(reporter.accessToken(), Map.of("title", "x", "description", example.path("text").asString()));

        for (var found : example.path("found")) {
            assertThat(isFoundBy(found.asString())).as("%s finds", found).isTrue();
        }
        for (var missed : example.path("missed")) {
            assertThat(isFoundBy(missed.asString())).as("%s finds", missed).isFalse();
        }
        assertThat(isFoundBy(example.path("text").asString())).as("the whole text as it was typed").isTrue();
    }

    /** Whatever characters there are: the text as typed, and each of its words by its beginning. */
    @Test
    void should_find_every_text_by_itself_and_by_the_beginnings_of_its_words() {
        var random = new Random(17);
        var signs = "aZ é9ßıÅ./-_@:<>'\"\\ \n,;#&|!*%日本のカガไมี่ש\u0301ї한🔥𠮷Ω१e1 "
                .codePoints()
                .mapToObj(Character::toString)
                .toList();
        var missed = new ArrayList<String>();
        for (var time = 0; time < 400; time++) {
            var text = IntStream.rangeClosed(0, 1 + random.nextInt(20))
                    .mapToObj(_ -> signs.get(random.nextInt(signs.size())))
                    .collect(Collectors.joining());
            var queries = Stream.concat(Stream.of(text), Stream.of(text.split("[^\\p{L}\\p{N}\\p{M}]+")))
                    .flatMap(word -> Stream.of(word,
                            word.substring(0,
                                    word.offsetByCodePoints(0, Math.min(2, word.codePointCount(0, word.length()))))))
                    .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
                    .toList();
            for (var query : queries) {
                if (!isInDatabaseFound(text, query)) {
                    missed.add(text + " by " + query);
                }
            }
        }
        assertThat(missed).isEmpty();
    }

    private boolean isInDatabaseFound(String text, String query) {
        return jdbc.sql("select search_vector(?) @@ search_query(?)")
                .param(text)
                .param(query)
                .query((row, _) -> row.getBoolean(1))
                .single();
    }

    @Test
    void should_read_plain_words_as_all_others() {
        for (var text : List.of("Troll, in the (dungeons)! 2nd floor; 1e5 or 3 4.", "\"it's\" 007 x9y 12ab ab12 9e",
                "end.\nNext. 1. 2e 3e4 5E6x")) {
            assertThat(
                    jdbc.sql(
                            "select tsvector_to_array(search_vector(?)) = tsvector_to_array(array_to_tsvector(search_words(?)))")
                            .param(text)
                            .param(text)
                            .query((row, _) -> row.getBoolean(1))
                            .single())
                    .as(text)
                    .isTrue();
        }
    }

    @Test
    void should_take_no_time_for_texts_and_queries_that_are_made_to_take_long() {
        for (var sign : List.of("火", "ไม", "a.", "e\u0301", "\uFDFA", "x")) {
            var text = sign.repeat(10_000 / sign.length());
            var began = System.nanoTime();
            map.reported(reporter.accessToken(), Map.of("title", "Long", "description", text));
            isFoundBy(text.substring(0, 200));
            assertThat(System.nanoTime() - began).as(sign).isLessThan(3_000_000_000L);
        }
    }

    @Test
    void should_find_with_the_index() {
        assertThat(
                jdbc.sql("select indexdef from pg_indexes where indexname = 'incidents_words_idx'")
                        .query(String.class)
                        .single())
                .contains("gin (search_vector(");
    }
}
