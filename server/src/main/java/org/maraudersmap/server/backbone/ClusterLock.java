package org.maraudersmap.server.backbone;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A lock that one connection to the database holds, in the whole cluster; it goes with its connection. So whoever does
 * its work with that very connection can do nothing once it has lost the lock: this is the fence.
 */
record ClusterLock(long number) {

    /** Whether this connection has the lock now; it stays so until it is closed, or taken for silent. */
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

    /**
     * Ends the session that has the lock, if it has neither asked for nor been told anything for so long, by the
     * database's own clock. Nothing that its node has begun there comes to be, and nothing that it tries later.
     *
     * @param silence
     *            must be several times as long as a holder that is well ever waits between two statements
     * @return whether a session was ended, so that the lock is free in a moment
     */
    boolean takeFromSilentHolder(Connection connection, Duration silence) throws SQLException {
        try (var end = connection.prepareStatement("""
                select pg_terminate_backend(holder.pid) from pg_locks held
                join pg_stat_activity holder on holder.pid = held.pid
                where held.locktype = 'advisory' and held.granted and held.objsubid = 1
                and held.database = (select oid from pg_database where datname = current_database())
                and held.classid = (?::bigint >> 32)::int::oid and held.objid = (?::bigint & 4294967295)::oid
                and holder.pid <> pg_backend_pid()
                and holder.state_change < clock_timestamp() - make_interval(secs => ?)""")) {
            end.setLong(1, number);
            end.setLong(2, number);
            end.setDouble(3, silence.toMillis() / 1000.0);
            try (var ended = end.executeQuery()) {
                return ended.next() && ended.getBoolean(1);
            }
        }
    }
}
