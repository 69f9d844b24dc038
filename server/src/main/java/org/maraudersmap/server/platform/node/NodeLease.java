package org.maraudersmap.server.platform.node;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.maraudersmap.server.platform.StartRefusedException;
import org.maraudersmap.server.platform.database.DataDirectory;
import org.maraudersmap.server.platform.database.DedicatedConnections;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.platform.work.WorkLoop;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/** Holds the name by a lock of a database session, so that it is free again however the node dies. */
@Component
@DependsOnDatabaseInitialization
class NodeLease implements Node, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(NodeLease.class);
    /** Tells this lock from other advisory ones in the same database. */
    static final int LOCK_CLASS = 0x4e4f4445;
    static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);
    /** A lost session's lock is freed when the server notices; a restart must not lose that race. */
    private static final int ATTEMPTS = 40;
    private static final Duration LONGEST_SILENCE = CHECK_INTERVAL.multipliedBy(4);
    private static final Duration PATIENCE_AT_STOP = Duration.ofMillis(500);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);

    private final String id;
    private final DedicatedConnections connections;
    private final WorkLoop keeper;
    private volatile Connection session;

    NodeLease(Settings settings, DataDirectory directory, DedicatedConnections connections, WorkLoops loops)
            throws SQLException {
        this.id = settings.find(Setting.NODE_ID)
                .orElseGet(() -> directory.keepText("node-id", () -> UUID.randomUUID().toString()));
        this.connections = connections;
        this.session = takeName();
        this.keeper = loops.makeLoopOfTurns("node-keeper", this::keepName).start();
    }

    @Override
    public String id() {
        return id;
    }

    private Connection takeName() throws SQLException {
        var connection = connections.open();
        try {
            for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (tryLock(connection)) {
                    noteThatNodeWasSeen(connection);
                    return connection;
                }
                endSessionThatIsSilent(connection);
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            }
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
        connection.close();
        throw new StartRefusedException(
                Setting.NODE_ID + "=" + id + " is held by another running node on this database; give each its own.");
    }

    /**
     * Ends the session of a former life of this node that the database still believes in: its process is frozen, or the
     * network hides that it is gone. One that is well asks every two seconds.
     */
    private void endSessionThatIsSilent(Connection connection) throws SQLException {
        try (var end = connection.prepareStatement("""
                select pg_terminate_backend(holder.pid) from pg_locks held
                join pg_stat_activity holder on holder.pid = held.pid
                where held.locktype = 'advisory' and held.granted and held.objsubid = 2
                and held.database = (select oid from pg_database where datname = current_database())
                and held.classid = ?::int::oid and held.objid = hashtext(?)::oid
                and holder.state_change < clock_timestamp() - make_interval(secs => ?)""")) {
            end.setInt(1, LOCK_CLASS);
            end.setString(2, id);
            end.setLong(3, LONGEST_SILENCE.toSeconds());
            end.execute();
        }
    }

    private boolean tryLock(Connection connection) throws SQLException {
        try (var lock = connection.prepareStatement("select pg_try_advisory_lock(?, hashtext(?))")) {
            lock.setInt(1, LOCK_CLASS);
            lock.setString(2, id);
            try (var result = lock.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private void noteThatNodeWasSeen(Connection connection) throws SQLException {
        try (var seen = connection.prepareStatement(
                "insert into nodes (node_id, last_seen) values (?, now())"
                        + " on conflict (node_id) do update set last_seen = now()")) {
            seen.setString(1, id);
            seen.executeUpdate();
        }
        try (var forget = connection.createStatement()) {
            forget.executeUpdate("delete from nodes where last_seen < now() - interval '7 days'");
        }
    }

    private void keepName(WorkLoop keeping) throws SQLException, InterruptedException {
        keeping.pause(CHECK_INTERVAL);
        if (keeping.isStopping()) {
            return;
        }
        try {
            noteThatNodeWasSeen(session);
        } catch (SQLException lost) {
            log.debug("the database session that holds the name of node {} is lost, taking it again", id, lost);
            takeNameAgain();
        }
    }

    private void takeNameAgain() throws SQLException {
        try {
            session.close();
            session = takeName();
        } catch (StartRefusedException taken) {
            log.error("another node has taken the name {}; stop one of them", id);
        }
    }

    @Override
    public void destroy() throws SQLException {
        keeper.stop(PATIENCE_AT_STOP);
        session.close();
    }
}
