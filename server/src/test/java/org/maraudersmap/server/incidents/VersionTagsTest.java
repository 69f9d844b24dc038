package org.maraudersmap.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.platform.problem.Problem;

class VersionTagsTest {

    @Test
    void should_read_lists_stars_and_weak_tags() {
        assertThat(VersionTags.parse("*").any()).isTrue();
        assertThat(VersionTags.parse("\"3\"").tags()).isEqualTo(Set.of("3"));
        assertThat(VersionTags.parse(" \"3\" ,W/\"4\"").tags()).isEqualTo(Set.of("3", "4"));
        assertThat(VersionTags.parse("\"\"").tags()).isEqualTo(Set.of(""));
        assertThat(VersionTags.parse("\"a,b\"").tags()).isEqualTo(Set.of("a,b"));
    }

    @Test
    void should_pass_over_empty_elements_as_the_rfc_asks() {
        assertThat(VersionTags.parse("\"3\" , ,").tags()).isEqualTo(Set.of("3"));
        assertThat(VersionTags.parse(", \"3\",,\"4\"").tags()).isEqualTo(Set.of("3", "4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "\"3", "3\"", ",", "\"3\" \"4\"", "w/\"3\"", "*, \"3\"", "\"3\", *",
            "\"a b\""})
    void should_refuse_what_is_no_list_of_entity_tags(String header) {
        assertThatThrownBy(() -> VersionTags.parse(header)).isInstanceOf(Problem.class)
                .hasMessageContaining("If-Match");
    }
}
