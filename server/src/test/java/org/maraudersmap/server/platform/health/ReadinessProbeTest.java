package org.maraudersmap.server.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;

@ProductTest
class ReadinessProbeTest {
    private final Api api;

    ReadinessProbeTest(Api api) {
        this.api = api;
    }

    private static boolean isReady(int port, String path) {
        return ReadinessProbe.isReady(URI.create("http://127.0.0.1:" + port + path));
    }

    @Test
    void should_find_the_product_ready_and_nothing_else() {
        assertThat(isReady(api.port(), "/health/ready")).isTrue();
        assertThat(isReady(api.port(), "/health/nothing")).isFalse();
        assertThat(isReady(1, "/health/ready")).isFalse();
    }
}
