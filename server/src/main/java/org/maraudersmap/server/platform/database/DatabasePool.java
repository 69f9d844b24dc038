package org.maraudersmap.server.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections that requests and consumers share. During an outage it refuses at once, and whoever waits for an
 * answer that will not come is told.
 */
final class DatabasePool extends HikariDataSource {
    private final DatabaseTroubles troubles;
    private final Opener opener;

    DatabasePool(DatabaseTroubles troubles, Opener opener) {
        this.troubles = troubles;
        this.opener = opener;
        setDataSource(opener);
    }

    @Override
    public Connection getConnection() throws SQLException {
        troubles.refuseDuringOutage();
        return super.getConnection();
    }

    /** Ends all connections, whatever they wait for: statements under way fail. */
    void abortAllConnections() {
        for (var connection : opener.open) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException gone) {
                // That was the purpose.
            }
        }
        opener.open.clear();
    }

    /** How many wait for a connection while none is free. */
    int amountOfWaitingCallers() {
        var pool = getHikariPoolMXBean();
        return pool == null || pool.getIdleConnections() > 0 ? 0 : pool.getThreadsAwaitingConnection();
    }

    /** Opens connections, and knows those that are open. */
    static final class Opener extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;
        private final transient Set<Connection> open = ConcurrentHashMap.newKeySet();

        @Override
        public Connection getConnection() throws SQLException {
            open.removeIf(Opener::isClosed);
            var connection = super.getConnection();
            open.add(connection);
            return connection;
        }

        private static boolean isClosed(Connection connection) {
            try {
                return connection.isClosed();
            } catch (SQLException unusable) {
                return true;
            }
        }
    }
}
