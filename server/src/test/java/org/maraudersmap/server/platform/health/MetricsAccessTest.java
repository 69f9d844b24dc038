package org.maraudersmap.server.platform.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.platform.Caller;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.mock.env.MockEnvironment;

@ProductTest
class MetricsAccessTest {
    private static final String SECRET = "accio-all-the-meters";

    private final Api api;

    MetricsAccessTest(Api api) {
        this.api = api;
    }

    private static void ask(String access, boolean isLocal, Optional<String> token) {
        var settings = new Settings(new MockEnvironment().withProperty("METRICS_ACCESS", access));
        new MetricsAccess(_ -> {
            throw Problem.of(ProblemCode.UNAUTHENTICATED, "The token is not valid.");
        }, settings).refuseCallerWithoutAccess(new Caller(isLocal, token));
    }

    @Test
    void should_show_meters_to_whoever_asks_from_this_machine() {
        var answer = api.send("GET", "/metrics", null, null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("http_server_requests_seconds_count");
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-For,203.0.113.9", "X-Forwarded-For,127.0.0.1", "Forwarded,for=203.0.113.9",
            "X-Real-IP,::1",
            "X-Forwarded-Proto,https", "X-Forwarded-Host,map.example.org"})
    void should_refuse_whoever_a_proxy_on_this_machine_has_forwarded(String header, String value) {
        var answer = api.send("GET", "/metrics", null, null, header, value);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("METRICS_ACCESS").doesNotContain("http_server_requests");
    }

    @Test
    void should_refuse_whoever_comes_under_another_name() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.getOutputStream()
                    .write("GET /metrics HTTP/1.1\r\nHost: map.example.org\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void should_show_meters_to_an_admin_wherever_he_is_and_to_nobody_else() {
        String[] forwarded = {"X-Forwarded-For", "203.0.113.9"};

        assertThat(api.send("GET", "/metrics", api.loginAdmin().accessToken(), null, forwarded).status())
                .isEqualTo(200);
        assertThat(api.send("GET", "/metrics", api.registerStudent().accessToken(), null, forwarded).status())
                .isEqualTo(403);
        assertThat(api.send("GET", "/metrics", SECRET, null, forwarded).status()).isEqualTo(401);
    }

    @Test
    void should_show_meters_to_whoever_knows_the_secret_and_to_nobody_else() {
        ask("token:" + SECRET, false, Optional.of(SECRET));

        assertThatThrownBy(() -> ask("token:" + SECRET, true, Optional.empty())).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> ask("token:" + SECRET, true, Optional.of(SECRET + "x"))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> ask("local", false, Optional.of(""))).isInstanceOf(Problem.class);
    }

    @Test
    void should_show_meters_to_everyone_where_they_are_open() {
        ask("open", false, Optional.empty());

        assertThatThrownBy(() -> ask("local", false, Optional.empty())).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "token:", "token:short", "token:with a blank in its middle", "OPEN"})
    void should_not_start_with_another_value_nor_tell_it(String value) {
        assertThatThrownBy(() -> new Settings(new MockEnvironment().withProperty("METRICS_ACCESS", value)))
                .hasMessageContaining("METRICS_ACCESS=(secret)")
                .hasMessageContaining("local, open, or token:")
                .hasMessageNotContaining("=" + value + ":");
    }
}
