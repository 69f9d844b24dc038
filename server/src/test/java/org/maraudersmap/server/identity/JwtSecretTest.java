package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.platform.StartRefusedException;
import org.maraudersmap.server.platform.database.DataDirectory;
import org.maraudersmap.server.platform.settings.InvalidSettingException;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.mock.env.MockEnvironment;

class JwtSecretTest {
    private static final String GOOD = "Zk3vP0qW8mYx2LrT6nBd9sHf4uJa7cEe";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Settings settings(Map<String, String> values) {
        var environment = new MockEnvironment();
        values.forEach(environment::setProperty);
        return new Settings(environment);
    }

    @Test
    void should_make_a_secret_once_and_keep_it_to_itself() throws IOException {
        try (var data = DataDirectory.open(directory)) {
            var first = JwtSecret.of(settings(Map.of()), data);
            var second = JwtSecret.of(settings(Map.of()), data);

            assertThat(first.key().getEncoded()).hasSizeGreaterThanOrEqualTo(32)
                    .isEqualTo(second.key().getEncoded());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("jwt-secret"))))
                    .isEqualTo("rw-------");
            assertThat(first.toString()).isEqualTo("JwtSecret");
        }
    }

    @Test
    void should_use_the_secret_that_is_set() throws IOException {
        try (var data = DataDirectory.open(directory)) {
            var secret = JwtSecret.of(settings(Map.of("JWT_SECRET", GOOD)), data);

            assertThat(secret.key().getEncoded()).asString().isEqualTo(GOOD);
            assertThat(directory.resolve("jwt-secret")).doesNotExist();
        }
    }

    @Test
    void should_refuse_a_kept_secret_that_is_too_short() throws IOException {
        try (var data = DataDirectory.open(directory)) {
            Files.writeString(directory.resolve("jwt-secret"), "short");

            assertThatThrownBy(() -> JwtSecret.of(settings(Map.of()), data)).isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("jwt-secret")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void should_refuse_to_start_without_a_secret_beside_a_database_of_others() {
        assertThatThrownBy(() -> settings(Map.of("DATABASE_URL", "postgresql://u:p@localhost:5432/map")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("JWT_SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "your-256-bit-secret-your-256-bit-secret",
            "your-super-secret-jwt-key-change-in-production", "a-string-secret-at-least-256-bits-long",
            "404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "secretsecretsecretsecretsecretsecret", "my-32-character-ultra-secure-and-ultra-long-secret",
            "change-me-change-me-change-me-change-me", "gryffindor-gryffindor-gryffindor-gryffindor"})
    void should_refuse_short_and_well_known_secrets_without_showing_them(String secret) {
        assertThatThrownBy(() -> settings(Map.of("JWT_SECRET", secret))).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("JWT_SECRET=")
                .hasMessageNotContaining(secret)
                .hasMessageNotContaining("\n");
    }
}
