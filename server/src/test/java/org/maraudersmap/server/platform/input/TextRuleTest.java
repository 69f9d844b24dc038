package org.maraudersmap.server.platform.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Peeves", "a\tb\nc", "a\r\nb", "\u00fc", "\ud83d\ude00", "\u202emirror", "\ufffd",
            "\u05e9"})
    void should_find_nothing_wrong_with_text_of_any_script(String text) {
        assertThat(TextRule.findFault(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0007", "\r", "\n\r", "\u007f", "\u0085", "\u009f", "\ud800", "a\udc00",
            "\ud800x",
            "\udc00\ud800", "\ud83d\ude00\ud83d"})
    void should_find_what_cannot_be_kept(String text) {
        assertThat(TextRule.findFault(text)).isPresent();
    }

    @Test
    void should_name_the_character_at_fault() {
        assertThat(TextRule.findFault("bell\u0007")).hasValueSatisfying(fault -> assertThat(fault).contains("U+0007"));
        assertThat(TextRule.findFault("half\ud800")).hasValueSatisfying(fault -> assertThat(fault).contains("U+D800"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u00a0", "\u3000", "\u200b", "\u2060", "\ufeff", "\u00ad", "\u202e",
            "\u2066\u2069", "\u200f \u200e", "\u034f", "\u115f\u1160", "\u3164", "\uffa0", "\u2800", "\ufe0f",
            "\u180e", "\u2028\u2029", "\udb40\udc41", "\udb40\udd00", "\ud834\udd59"})
    void should_see_nothing_in_text_that_is_blank_to_the_eye(String text) {
        assertThat(TextRule.hasSomethingToSee(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ".", " x ", "\u200bx", "\ud83d\ude00", "\u0301", "\u2764\ufe0f", "\u0e01", "\u4e00"})
    void should_see_what_shows(String text) {
        assertThat(TextRule.hasSomethingToSee(text)).isTrue();
    }

    @Test
    void should_keep_one_form_of_what_looks_the_same() {
        assertThat(TextRule.normalize("Mu\u0308ller")).isEqualTo("M\u00fcller");
        assertThat(TextRule.normalize("plain\n\ttext")).isEqualTo("plain\n\ttext");
        assertThat(TextRule.normalize("one\r\ntwo")).isEqualTo("one\ntwo");
        assertThat(TextRule.normalize("\u212b")).isEqualTo("\u00c5");
    }
}
