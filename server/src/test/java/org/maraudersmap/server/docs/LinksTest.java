package org.maraudersmap.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every page that a page of this repository refers to is there. */
class LinksTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    private static List<String> brokenLinksOf(Path page, String text) {
        return LINK.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.contains(":"))
                .filter(target -> !Files.exists(page.resolveSibling(target)))
                .toList();
    }

    @Test
    void should_link_to_what_is_there() throws IOException {
        var pages = new ArrayList<Path>();
        var broken = new ArrayList<String>();
        try (var files = Files.walk(ROOT, 6)) {
            for (var page : files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("node_modules") && !file.toString().contains("/target/"))
                    .toList()) {
                pages.add(page);
                brokenLinksOf(page, Files.readString(page)).forEach(link -> broken.add(page + ": " + link));
            }
        }
        assertThat(pages).hasSizeGreaterThan(10);
        assertThat(broken).isEmpty();
    }

    @Test
    void should_find_a_link_to_nothing() {
        assertThat(brokenLinksOf(ROOT.resolve("README.md"), "[a](README.md) [b](docs/nothing.md#x) [c](https://a.b)"))
                .containsExactly("docs/nothing.md");
    }
}
