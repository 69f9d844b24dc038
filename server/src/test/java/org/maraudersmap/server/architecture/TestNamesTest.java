package org.maraudersmap.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Tests say what should be so: {@code should_…}. Read from the sources of all modules, because not all of them are
 * compiled when this one is tested.
 */
class TestNamesTest {
    private static final Pattern TEXT = Pattern.compile("\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"", Pattern.DOTALL);
    private static final Pattern ARGUMENTS_OF_ANNOTATION = Pattern.compile("(@\\w+)\\s*\\([^()]*\\)");
    private static final Pattern TEST_METHOD = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Property|FuzzTest)\\b[^{;]*?\\s(\\w+)\\([^{;]*\\{");

    private static List<String> namesOfTests(String source) {
        var withoutTexts = TEXT.matcher(source).replaceAll("0");
        var withoutArguments = ARGUMENTS_OF_ANNOTATION.matcher(withoutTexts).replaceAll("$1");
        return TEST_METHOD.matcher(withoutArguments).results().map(found -> found.group(1)).toList();
    }

    private static List<String> badNamesOfTests(String source) {
        return namesOfTests(source).stream().filter(name -> !name.matches("should_[a-z0-9_]+")).toList();
    }

    @Test
    void should_name_tests_after_what_should_be_so() throws IOException {
        var tests = 0;
        var bad = new ArrayList<String>();
        try (var files = Files.walk(Path.of(".."))) {
            for (var file : files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("TestNamesTest.java"))
                    .toList()) {
                var source = Files.readString(file);
                tests += namesOfTests(source).size();
                badNamesOfTests(source).forEach(name -> bad.add(file + ": " + name));
            }
        }
        assertThat(tests).isGreaterThan(50);
        assertThat(bad).isEmpty();
    }

    @Test
    void should_find_names_that_break_the_rule() {
        assertThat(badNamesOfTests("""
                @Test
                void createsIncident() {}
                @ParameterizedTest(name = "{0}")
                @ValueSource(strings = {"a", "b"})
                void testThat(String value) throws IOException {}
                @TestFactory
                Stream<DynamicTest> ShouldWork() {
                @Test
                void should_be_fine() {}
                """)).containsExactly("createsIncident", "testThat", "ShouldWork");
    }
}
