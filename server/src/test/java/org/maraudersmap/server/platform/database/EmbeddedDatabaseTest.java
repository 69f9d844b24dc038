package org.maraudersmap.server.platform.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maraudersmap.server.platform.StartRefusedException;

class EmbeddedDatabaseTest {

    @Test
    void should_say_to_who_asks_for_it_why_it_does_not_start(@TempDir Path path) throws Exception {
        Files.createDirectories(path.resolve("postgresql").resolve("postmaster.pid"));
        try (var directory = DataDirectory.open(path); var database = EmbeddedDatabase.start(directory)) {
            assertThatThrownBy(database::jdbcUrl)
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining(path.resolve("postgresql").toString());
        }
    }
}
