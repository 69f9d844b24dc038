package org.maraudersmap.server.platform.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

    @Test
    void should_read_decimal_numbers_of_64_bits() {
        assertThat(Spelling.readWholeNumber("0")).contains(0L);
        assertThat(Spelling.readWholeNumber("-42")).contains(-42L);
        assertThat(Spelling.readWholeNumber("9223372036854775807")).contains(Long.MAX_VALUE);
        assertThat(Spelling.readWholeNumber("-9223372036854775808")).contains(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1 ", "+1", "01", "-0", "0x1", "0X1", "#1", "1.0", "1e0", "1_000", "1,000",
            "\u0661", "9223372036854775808", "99999999999999999999", "1\n", "--1", "-"})
    void should_refuse_every_other_spelling_of_a_number(String text) {
        assertThat(Spelling.readWholeNumber(text)).isEmpty();
    }

    @Test
    void should_read_ids_in_their_one_form() {
        var id = UUID.randomUUID();
        assertThat(Spelling.readUuid(id.toString())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1-1-1-1-1", "AAAAAAAAAAAAAAAAAAAAAA==", " 00000000-0000-4000-8000-000000000000",
            "00000000000040008000000000000000", "{00000000-0000-4000-8000-000000000000}"})
    void should_refuse_every_other_form_of_an_id(String text) {
        assertThat(Spelling.readUuid(text)).isEmpty();
    }
}
