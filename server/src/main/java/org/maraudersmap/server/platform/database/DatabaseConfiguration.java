package org.maraudersmap.server.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.util.Optional;
import javax.sql.DataSource;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    /**
     * Virtual threads make waiting for a connection free, so the pool is sized for the database: more connections than
     * it has cores and disks to serve only make it slower.
     */
    private static final int POOL_SIZE = 24;

    @Bean
    DataSource dataSource(Settings settings, ObjectProvider<EmbeddedDatabase> embedded) {
        var source = new HikariDataSource();
        source.setPoolName("database");
        source.setMaximumPoolSize(POOL_SIZE);
        source.setMinimumIdle(4);
        source.setConnectionTimeout(10_000);
        settings.databaseUrl()
                .ifPresentOrElse(
                        url -> useDatabaseAtUrl(source, url),
                        () -> source.setJdbcUrl(embedded.getObject().jdbcUrl()));
        source.addDataSourceProperty("ApplicationName", "marauders-map");
        source.addDataSourceProperty("tcpKeepAlive", "true");
        source.addDataSourceProperty("reWriteBatchedInserts", "true");
        return source;
    }

    private static void useDatabaseAtUrl(HikariDataSource source, URI url) {
        var port = url.getPort() == -1 ? 5432 : url.getPort();
        var query = Optional.ofNullable(url.getRawQuery()).map(text -> "?" + text).orElse("");
        source.setJdbcUrl("jdbc:postgresql://" + url.getHost() + ":" + port + url.getRawPath() + query);
        Optional.ofNullable(url.getUserInfo()).ifPresent(userInfo -> {
            var parts = userInfo.split(":", 2);
            source.setUsername(parts[0]);
            if (parts.length == 2) {
                source.setPassword(parts[1]);
            }
        });
    }

    @Bean
    FlywayConfigurationCustomizer migrationsWaitForOtherNodes() {
        return configuration -> configuration.lockRetryCount(120);
    }

    @Bean
    ClusterSignals clusterSignals(DataSource source) {
        return new ClusterSignals(source);
    }
}
