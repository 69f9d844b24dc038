package org.maraudersmap.server.comments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MentionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "@harry.potter                       | harry.potter",
            "ask @harry.potter, he knows         | harry.potter",
            "it was @harry.potter.               | harry.potter",
            "really, @harry.potter?!             | harry.potter",
            "@harry.potter's owl                 | harry.potter",
            "wait...@harry.potter...             | harry.potter",
            "(@harry.potter)                     | harry.potter",
            "**@harry.potter**                   | harry.potter",
            "_@harry.potter_                     | harry.potter",
            "-@harry.potter                      | harry.potter",
            "cc:@harry.potter                    | harry.potter",
            "@HARRY.Potter                       | harry.potter",
            "@user2                              | user2",
            "@a_b-c.d                            | a_b-c.d",
            "¡@harry.potter!                     | harry.potter",
            "`code` @harry.potter                | harry.potter",
            "an odd ` sign, @harry.potter        | harry.potter",
            "`` ` `` @harry.potter               | harry.potter"})
    void should_find_a_handle_whatever_stands_around_it(String text, String handle) {
        assertThat(Mentions.findHandlesIn(text)).containsExactly(handle);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "@", "@ harry", "@.", "@-x", "owl@hogwarts.edu", "harry.potter@hogwarts.edu",
            "harry_@hogwarts.edu", "<luna+owl@hogwarts.edu>", "@harry@hogwarts.edu", "harry@@potter", "@harryé",
            "é@harry", "https://owls.example/@harry/42", "`@harry`", "``@harry``", "`` ` @harry ``", "`a\n@harry`",
            "```\n@harry\n```", "~~~\n@harry\n~~~", "```java\n@harry\n", "   ```\n@harry\n   ```",
            "````\n```\n@harry\n````", "~~~\n```\n@harry\n~~~", "```\n@harry\n``\n@ron\n"})
    void should_find_nobody_in_mail_addresses_and_in_code(String text) {
        assertThat(Mentions.findHandlesIn(text)).isEmpty();
    }

    @Test
    void should_find_each_once_in_the_order_of_the_text() {
        assertThat(Mentions.findHandlesIn("@luna, @harry and @Luna,@ron@x @hermione"))
                .isEqualTo(List.of("luna", "harry", "hermione"));
    }

    @Test
    void should_go_on_behind_code() {
        var text = """
                @luna look:
                ```
                @Override
                ```
                and `@Bean`, @harry. A ` alone

                does not reach into the next paragraph, @ron: `x
                """;
        assertThat(Mentions.findHandlesIn(text)).containsExactly("luna", "harry", "ron");
    }

    @Test
    @Timeout(5)
    void should_take_no_time_for_texts_that_are_made_to_take_long() {
        var backticks = new StringBuilder();
        for (var length = 1; backticks.length() < 5_000; length++) {
            backticks.append("`".repeat(length)).append('@');
        }
        for (var text : List.of("@" + "a.".repeat(2_500), "@".repeat(5_000), "`@".repeat(2_500), backticks.toString(),
                "@a-" + "-".repeat(5_000), "```\n@".repeat(1_000))) {
            assertThatCode(() -> Mentions.findHandlesIn(text)).doesNotThrowAnyException();
        }
    }
}
