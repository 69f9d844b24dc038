package org.maraudersmap.eventlog.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page under {@code docs/} that is made from the code. A test makes it anew and compares;
 * {@code mvn test -Ddocs=write}
 * writes it instead.
 */
public final class GeneratedPage {
    private static final Path DOCS = Path.of("..", "docs");

    private GeneratedPage() {}

    /** Fails unless the page says exactly this; or makes it so, if asked to. */
    public static void checkOrWrite(String name, String expected) {
        var file = DOCS.resolve(name);
        try {
            if ("write".equals(System.getProperty("docs"))) {
                Files.createDirectories(file.toAbsolutePath().normalize().getParent());
                Files.writeString(file, expected);
            }
            var actual = Files.exists(file) ? Files.readString(file) : "";
            assertThat(actual).as("docs/%s is not what the code says; write it anew: mvn test -Ddocs=write", name)
                    .isEqualTo(expected);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
