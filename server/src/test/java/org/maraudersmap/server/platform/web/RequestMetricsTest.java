package org.maraudersmap.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;

@ProductTest
class RequestMetricsTest {
    private final Api api;

    RequestMetricsTest(Api api) {
        this.api = api;
    }

    private List<String> meters() {
        return api.send("GET", "/metrics", null, null).text().lines().map(line -> line.split(" ", 2)[0]).distinct()
                .toList();
    }

    /** Among them resources, which are found whatever the method is. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/incidents", "/health", "/swagger-ui/index.html", "/webjars/swagger-ui/index.css",
            "/v3/api-docs", "/", "/nowhere"})
    void should_count_methods_that_nobody_knows_as_one(String path) {
        for (var number = 0; number < 5; number++) {
            assertThat(api.send("HORCRUX" + number, path, null, null).status()).isBetween(400, 499);
        }
        assertThat(meters()).noneMatch(meter -> meter.contains("HORCRUX"));
    }

    @Test
    void should_time_requests_by_method_and_route() {
        assertThat(api.send("GET", "/health", null, null).status()).isEqualTo(200);
        assertThat(meters()).contains(
                "http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/health\"}");
    }
}
