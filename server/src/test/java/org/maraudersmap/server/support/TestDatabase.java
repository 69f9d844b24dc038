package org.maraudersmap.server.support;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A migrated database of one's own, on a PostgreSQL that the tests of this process share; without Spring's context. */
public final class TestDatabase implements AutoCloseable {
    private final HikariDataSource source = new HikariDataSource();

    private static final class Server {
        static final EmbeddedPostgres SHARED = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(new File("target/postgresql-binaries"))
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** A new, empty one. */
    public TestDatabase() {
        this("latest");
    }

    /** A new, empty one, as a release had it whose newest migration was {@code version}. */
    public TestDatabase(String version) {
        var name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        JdbcClient.create(Server.SHARED.getPostgresDatabase()).sql("create database " + name).update();
        source.setJdbcUrl(Server.SHARED.getJdbcUrl("postgres", name));
        source.setMaximumPoolSize(30);
        source.setMinimumIdle(0);
        migrateTo(version);
    }

    /** As a start of that release does. */
    public void migrateTo(String version) {
        Flyway.configure()
                .dataSource(source)
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .target(version)
                .load()
                .migrate();
    }

    /** Connections to it. */
    public HikariDataSource source() {
        return source;
    }

    /** Statements. */
    public JdbcClient jdbc() {
        return JdbcClient.create(source);
    }

    /** Transactions. */
    public TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(source));
    }

    @Override
    public void close() {
        source.close();
    }
}
