package org.maraudersmap.server.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Fails a test class after which its product still holds what was taken for a request: a connection of the pool, or
 * bytes of a body. {@link ProductTest} brings it along.
 */
final class NothingIsKept implements AfterAllCallback {
    /** The product works on by itself, but not without a pause. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public void afterAll(ExtensionContext context) {
        var product = SpringExtension.getApplicationContext(context);
        await("what " + context.getDisplayName() + " has taken is given back").atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(findWhatIsKept(product)).isEmpty());
    }

    /** How much is held, by its name; only what is held at all. */
    static Map<String, Number> findWhatIsKept(ApplicationContext product) {
        var kept = new LinkedHashMap<String, Number>();
        product.getBeanProvider(HikariDataSource.class)
                .stream()
                .map(HikariDataSource::getHikariPoolMXBean)
                .forEach(pool -> {
                    kept.put("connections", pool.getActiveConnections());
                    kept.put("waiting for one", pool.getThreadsAwaitingConnection());
                });
        kept.put(
                "bytes in flight",
                product.getBean(MeterRegistry.class).get("http.server.bytes.in.flight").gauge().value());
        kept.values().removeIf(amount -> amount.longValue() == 0);
        return kept;
    }
}
