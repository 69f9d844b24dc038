package org.maraudersmap.server.platform.database;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.postgresql.ds.PGSimpleDataSource;
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

    /** For a connection, before the caller is told that the database cannot be reached. */
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofMillis(1_500);
    private static final Duration WAIT_FOR_NETWORK = Duration.ofSeconds(2);
    /** For the watch, whose question takes no time: whoever is silent for so long is away. */
    private static final Duration WAIT_OF_WATCH = Duration.ofSeconds(2);
    /** For a statement, and for a lock within it. Whatever needs longer says so in its own transaction. */
    private static final Duration WAIT_FOR_STATEMENT = Duration.ofSeconds(5);
    private static final Duration WAIT_FOR_LOCK = Duration.ofSeconds(3);
    /** For an answer of any kind: a little more than for a statement, whose own end says more. */
    private static final Duration WAIT_FOR_ANSWER = Duration.ofSeconds(6);
    /** The server gives up a transaction that is silent, and a connection whose other end does not answer. */
    private static final String TIMEOUTS_OF_SESSION = "-c statement_timeout=" + WAIT_FOR_STATEMENT.toMillis()
            + " -c lock_timeout=" + WAIT_FOR_LOCK.toMillis() + " -c idle_in_transaction_session_timeout=10000";
    private static final String KEEP_ALIVE_OF_SERVER = " -c tcp_user_timeout=10000 -c tcp_keepalives_idle=5"
            + " -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

    @Bean
    DatabaseAddress databaseAddress(Database database) {
        return database.awaitAddress();
    }

    @Bean
    DatabaseTroubles databaseTroubles() {
        return new DatabaseTroubles();
    }

    /** A third of the pool for those who may wait for one another. */
    @Bean
    RowTurns rowTurns() {
        return new RowTurns(POOL_SIZE / 3);
    }

    @Bean
    DatabasePool dataSource(DatabaseAddress address, DatabaseTroubles troubles) {
        var connections = new DatabasePool.Opener();
        prepare(connections, address, WAIT_FOR_ANSWER, TIMEOUTS_OF_SESSION + KEEP_ALIVE_OF_SERVER);
        connections.setReWriteBatchedInserts(true);
        var source = new DatabasePool(troubles, connections);
        source.setPoolName("database");
        source.setMaximumPoolSize(POOL_SIZE);
        source.setMinimumIdle(4);
        source.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        source.setValidationTimeout(WAIT_FOR_CONNECTION.toMillis() / 2);
        source.setKeepaliveTime(Duration.ofSeconds(30).toMillis());
        return source;
    }

    /** Learns sooner than anyone else that there is no answer. */
    @Bean
    DatabaseWatch databaseWatch(
            DatabaseAddress address,
            DataSource source,
            DatabaseTroubles troubles,
            WorkLoops loops,
            MeterRegistry meters)
            throws SQLException {
        var connections = connectionsTo(address, WAIT_OF_WATCH, TIMEOUTS_OF_SESSION + KEEP_ALIVE_OF_SERVER);
        connections.setConnectTimeout((int) WAIT_OF_WATCH.toSeconds());
        return new DatabaseWatch(
                new DedicatedConnections(connections), source.unwrap(DatabasePool.class), troubles, loops, meters);
    }

    @Bean
    DedicatedConnections dedicatedConnections(DatabaseAddress address) {
        return new DedicatedConnections(
                connectionsTo(address, WAIT_FOR_STATEMENT, TIMEOUTS_OF_SESSION + KEEP_ALIVE_OF_SERVER));
    }

    private static PGSimpleDataSource connectionsTo(DatabaseAddress address, Duration answer, String options) {
        var source = new PGSimpleDataSource();
        prepare(source, address, answer, options);
        return source;
    }

    private static void prepare(
            PGSimpleDataSource source, DatabaseAddress address, Duration answer, String options) {
        source.setUrl(address.jdbcUrl());
        address.user().ifPresent(source::setUser);
        address.password().ifPresent(source::setPassword);
        source.setApplicationName("marauders-map");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout((int) WAIT_FOR_NETWORK.toSeconds());
        source.setSocketTimeout((int) answer.toSeconds());
        source.setOptions(options);
    }

    /** A migration may take as long as it takes; another node's is waited for. */
    @Bean
    FlywayConfigurationCustomizer migrationsTakeTheirTime(DatabaseAddress address) {
        return configuration -> configuration.lockRetryCount(120)
                .dataSource(connectionsTo(address, Duration.ZERO, KEEP_ALIVE_OF_SERVER));
    }

    @Bean
    ClusterSignals clusterSignals(DedicatedConnections connections, WorkLoops loops) {
        return new ClusterSignals(connections, loops);
    }
}
