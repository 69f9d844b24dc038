package org.maraudersmap.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maraudersmap.e2e.harness.Product;

/**
 * A wrong setting stops the start with one line that says what is wrong, and with an exit code that says that it is.
 */
class StartRefusalIT {
    private static final String SECRET = "qN3x7LdRz0vKtYb5Wc2MfHs9Uj6Pg4Ea";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"PORT | four thousand | a whole number",
            "PRESENCE_TIMEOUT | 1000 | SOCKET_IO_PING_INTERVAL", "EVENT_LOG | kafka | postgres",
            "ACCESS_TOKEN_TTL | for ever | 15m", "DATA_DIR | '' | is empty", "DATABASE_WAIT | soon | 90s",
            "DATA_DIR | /proc/version | is no directory", "DATA_DIR | /proc/nowhere/data | /proc/nowhere",
            "HOST | 192.0.2.1 | no address of this machine", "HOST | nobody.invalid | not known",
            "SOCKET_IO_CORS_ORIGIN | * | origins"})
    void should_refuse_to_start_with_wrong_setting(String name, String value, String allowed) {
        var output = outputOfRefusedStart(Map.of(name, value));

        assertThat(theLineAbout(name, output)).contains(value, allowed);
    }

    @ParameterizedTest
    @CsvSource({"too-short", "your-256-bit-secret-your-256-bit-secret"})
    void should_refuse_to_start_with_secret_that_is_none(String secret) {
        var output = outputOfRefusedStart(Map.of("JWT_SECRET", secret));

        assertThat(theLineAbout("JWT_SECRET", output)).contains("at least 32 characters");
        assertThat(output.contains(secret)).as("the secret is shown").isFalse();
    }

    @Test
    void should_refuse_to_start_without_secret_when_the_database_is_not_embedded() {
        var output = outputOfRefusedStart(Map.of("DATABASE_URL", "postgresql://map:alohomora@127.0.0.1:1/map"));

        assertThat(theLineAbout("JWT_SECRET", output)).contains("DATABASE_URL");
        assertThat(output.contains("alohomora")).as("the password is shown").isFalse();
    }

    @Test
    void should_refuse_to_start_in_data_directory_that_is_in_use() {
        try (var first = Product.named("in-use", Map.of()).start()) {
            var output = outputOfRefusedStart(Map.of("DATA_DIR", first.dataDirectory().toString()));

            assertThat(theLineAbout("DATA_DIR", output)).contains(first.dataDirectory().toString(), "in use");
            assertThat(first.api().isReady()).as("the first one is not disturbed").isTrue();
        }
    }

    @Test
    void should_refuse_to_start_on_port_that_is_in_use() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = String.valueOf(taken.getLocalPort());

            var output = outputOfRefusedStart(Map.of("PORT", port));

            assertThat(theLineAbout(port, output)).containsIgnoringCase("in use");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"127.0.0.1:1/map | DATABASE_WAIT", "nobody.invalid:5432/map | is not known",
            "127.0.0.1:1/map?sslmode=impossible | sslmode"})
    void should_refuse_to_start_with_database_that_is_not_there(String place, String reason) {
        var output = outputOfRefusedStart(
                Map.of(
                        "DATABASE_URL", "postgresql://map:alohomora@" + place, "JWT_SECRET", SECRET,
                        "DATABASE_WAIT", "1s"));

        assertThat(theLineAbout("DATABASE_URL=", output)).contains(reason);
        assertThat(output.contains("alohomora")).as("the password is shown").isFalse();
    }

    @Test
    void should_refuse_to_start_with_wrong_password_at_once() {
        try (var first = Product.named("other-password", Map.of()).start()) {
            var url = first.databaseUrl();
            var output = outputOfRefusedStart(
                    Map.of("DATABASE_URL", url.replaceFirst(":[^:@]*@", ":alohomora@"), "JWT_SECRET", SECRET));

            assertThat(theLineAbout("DATABASE_URL=", output)).contains("the user or the password");
            assertThat(output.contains("alohomora")).as("the password is shown").isFalse();
        }
    }

    private static String outputOfRefusedStart(Map<String, String> environment) {
        try (var product = Product.withoutData("refused", environment)) {
            assertThat(product.startInVain()).as("exit code").isNotZero();
            var output = product.output();
            assertThat(output.contains("\tat ") || output.contains("Caused by:"))
                    .as("a stack trace in %s", product.log())
                    .isFalse();
            assertThat(product.hasDatabase()).as("a database server is left").isFalse();
            return output;
        }
    }

    private static String theLineAbout(String name, String output) {
        var lines = output.lines().filter(line -> line.contains(name)).toList();
        assertThat(lines).as("lines about %s in target/products/refused/product.log", name).hasSize(1);
        return lines.getFirst();
    }
}
