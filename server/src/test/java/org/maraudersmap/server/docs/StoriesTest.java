package org.maraudersmap.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that docs/stories.md names is there, and every criterion names one. */
class StoriesTest {
    private static final Path ROOT = Path.of("..");
    private static final List<Path> TESTS = List
            .of(ROOT.resolve("server/src/test"), ROOT.resolve("e2e/src/test/java"), ROOT.resolve("web/src"));
    private static final Pattern CRITERION = Pattern.compile("^\\| (?!criterion|---)[^|]+\\| ([^|]*) \\|$",
            Pattern.MULTILINE);
    private static final Pattern JAVA = Pattern.compile("`(\\w+)\\.(should_\\w+)`");
    private static final Pattern WEB = Pattern.compile("`([\\w.]+\\.test\\.tsx?)` (\"[^\"]+\"(?:, \"[^\"]+\")*)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    /** A test, by its file and by how it is written there. */
    private record Named(String file, String text) {

        static Stream<Named> in(String criterion) {
            var java = JAVA.matcher(criterion).results().map(
                    test -> new Named(test.group(1) + ".java", "void " + test.group(2) + "("));
            var web = WEB.matcher(criterion).results().flatMap(
                    tests -> QUOTED.matcher(tests.group(2)).results().map(
                            test -> new Named(tests.group(1), "it(\"" + test.group(1) + "\"")));
            return Stream.concat(java, web);
        }

        boolean isThere() {
            return TESTS.stream().anyMatch(directory -> {
                try (var files = Files.walk(directory)) {
                    return files.filter(path -> path.endsWith(file)).anyMatch(this::isIn);
                } catch (IOException cause) {
                    throw new UncheckedIOException(cause);
                }
            });
        }

        private boolean isIn(Path path) {
            try {
                return Files.readString(path).contains(text);
            } catch (IOException cause) {
                throw new UncheckedIOException(cause);
            }
        }
    }

    @Test
    void should_name_a_test_that_is_there_for_every_criterion() throws IOException {
        var criteria = CRITERION.matcher(Files.readString(ROOT.resolve("docs/stories.md")))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(criteria).hasSizeGreaterThan(25).allMatch(criterion -> Named.in(criterion).findAny().isPresent());
        assertThat(criteria.stream().flatMap(Named::in).filter(Predicate.not(Named::isThere))).isEmpty();
    }

    @Test
    void should_miss_a_test_that_is_not_there() {
        assertThat(Named.in("`StoriesTest.should_miss_a_test_that_is_not_there`, `reaction.test.ts` \"should sleep\""))
                .map(Named::isThere)
                .containsExactly(true, false);
    }
}
