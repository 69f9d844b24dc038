package org.maraudersmap.server.comments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MentionsTest {
    private static final Set<String> USERS = Set.of("harry", "harry.potter", "luna", "ron", "user2", "a_b-c.d");

    private static Stream<JsonNode> examples() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(Path.of("../docs/examples/mentions.json")))
                .valueStream();
    }

    private static List<String> mentionedIn(String text) {
        return Mentions.findMentionsIn(text)
                .stream()
                .flatMap(mention -> mention.handles().stream().filter(USERS::contains).limit(1))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void should_find_those_who_are_mentioned_and_nobody_else(JsonNode example) {
        var text = example.path("text").asString();
        var expected = example.path("mentions").valueStream().map(JsonNode::asString).toList();
        assertThat(mentionedIn(text)).as(text).isEqualTo(expected);
    }

    @Test
    void should_offer_the_longest_handle_first() {
        assertThat(Mentions.findMentionsIn("@Harry.Potter-Evans_2...").iterator().next().handles())
                .containsExactly("harry.potter-evans_2", "harry.potter-evans", "harry.potter", "harry");
    }

    @Test
    void should_take_no_time_for_texts_that_are_made_to_take_long() {
        var backticks = new StringBuilder();
        for (var length = 1; backticks.length() < 5_000; length++) {
            backticks.append("`".repeat(length)).append('@');
        }
        for (var text : List.of("@" + "a.".repeat(2_499), "@".repeat(5_000), "`@".repeat(2_500), backticks.toString(),
                "@a-" + "-".repeat(4_997), "```\n@".repeat(1_000), ">".repeat(4_998) + "@a", "*".repeat(2_499) + "@a"
                        + "*".repeat(2_499),
                "*_[".repeat(1_666) + "@a", "[".repeat(4_998) + "@a", "![[](".repeat(999) + "@a", "- ".repeat(2_499)
                        + "@a",
                "*a **a ".repeat(714) + "@a", "<a".repeat(2_499) + "@a", "https://".repeat(624) + "@a",
                "a_".repeat(2_499) + "@a", "[a](<".repeat(999) + "@a", "&#".repeat(2_499) + "@a")) {
            Mentions.findMentionsIn(text);
            var began = System.nanoTime();
            Mentions.findMentionsIn(text);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as(text.substring(0, 20))
                    .isLessThan(Duration.ofMillis(500));
        }
    }
}
