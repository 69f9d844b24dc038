package org.maraudersmap.server.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

@ProductTest
class NothingIsKeptTest {
    private final ApplicationContext product;
    private final DataSource database;

    NothingIsKeptTest(ApplicationContext product, DataSource database) {
        this.product = product;
        this.database = database;
    }

    @Test
    void should_find_a_connection_that_nobody_gave_back() throws SQLException {
        try (var _ = database.getConnection()) {
            assertThat(NothingIsKept.findWhatIsKept(product)).containsKey("connections");
        }
        await().pollInterval(Duration.ofMillis(5)).until(() -> NothingIsKept.findWhatIsKept(product).isEmpty());
    }
}
