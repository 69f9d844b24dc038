package org.maraudersmap.server.backbone;

import java.sql.Connection;
import java.sql.SQLException;

/** A lock that one connection to the database holds, in the whole cluster; it goes with its connection. */
record ClusterLock(long number) {

    /** Whether this connection has the lock now; it stays so until it is closed or gives it up. */
    boolean tryTake(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("select pg_try_advisory_lock(" + number + ")")) {
            return result.next() && result.getBoolean(1);
        }
    }

    void giveUp(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_unlock(" + number + ")");
        }
    }
}
