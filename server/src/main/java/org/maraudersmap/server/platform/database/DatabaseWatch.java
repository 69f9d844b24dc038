package org.maraudersmap.server.platform.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.maraudersmap.server.platform.database.DatabaseTroubles.Outage;
import org.maraudersmap.server.platform.work.WorkLoop;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.springframework.context.SmartLifecycle;

/**
 * Asks the database twice a second, on a connection of its own, how it is; so everyone else learns of an outage within
 * two seconds, without waiting for it themselves.
 */
public final class DatabaseWatch implements SmartLifecycle {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int TURNS_BETWEEN_LOOKS_AT_LOCKS = 4;
    /** Longer than anything that is done every day locks a table. */
    private static final Duration LONG_LOCK = Duration.ofSeconds(3);
    private static final Duration SLOW_ANSWER = Duration.ofMillis(150);
    private static final Duration SLOW_STATEMENT_COUNTS_FOR = Duration.ofSeconds(10);

    private final DedicatedConnections connections;
    private final DatabasePool pool;
    private final DatabaseTroubles troubles;
    private final WorkLoop loop;
    private final Map<String, Long> lockedTables = new HashMap<>();
    private volatile String version = "";
    private volatile Duration lastAnswerTook = Duration.ZERO;
    private volatile String complaint = "";
    private volatile boolean running;

    /** How the database is. */
    public enum State {
        WELL, LIMITED, AWAY
    }

    /**
     * How the database is, and why.
     *
     * @param words
     *            to be shown to whoever operates this node
     */
    public record Finding(State state, String words) {}

    DatabaseWatch(
            DedicatedConnections connections, DatabasePool pool, DatabaseTroubles troubles, WorkLoops loops,
            MeterRegistry meters) {
        this.connections = connections;
        this.pool = pool;
        this.troubles = troubles;
        this.loop = loops.makeLoopOfTurns("database-watch", this::watchUntilItFails);
        Gauge.builder("database.up", () -> troubles.outage().isPresent() ? 0 : 1).register(meters);
        Gauge.builder("database.writable", () -> troubles.outage().isPresent() || troubles.isSpaceLacking() ? 0 : 1)
                .register(meters);
        Gauge.builder("database.answer.seconds", () -> lastAnswerTook.toNanos() / 1e9).register(meters);
    }

    /** How the database is, as far as is known; asks nothing and returns at once. */
    public Finding findHowDatabaseIs() {
        if (troubles.isSpaceLacking()) {
            return new Finding(State.AWAY, DatabaseTrouble.NO_SPACE.words());
        }
        return troubles.outage()
                .map(DatabaseWatch::describe)
                .orElseGet(() -> findLimits().map(words -> new Finding(State.LIMITED, words))
                        .orElseGet(() -> new Finding(State.WELL, "PostgreSQL " + version)));
    }

    private static Finding describe(Outage outage) {
        var seconds = Duration.ofNanos(System.nanoTime() - outage.since()).toSeconds();
        return new Finding(State.AWAY, outage.trouble().words() + ", for " + seconds + " s");
    }

    private Optional<String> findLimits() {
        if (!complaint.isEmpty()) {
            return Optional.of(complaint);
        }
        if (troubles.wasSlowWithin(SLOW_STATEMENT_COUNTS_FOR)) {
            return Optional.of(DatabaseTrouble.SLOW.words());
        }
        var waiting = pool.amountOfWaitingCallers();
        if (waiting > 0) {
            return Optional.of("all connections are in use, and " + waiting + " callers wait for one");
        }
        return lastAnswerTook.compareTo(SLOW_ANSWER) > 0
                ? Optional.of("answers in " + lastAnswerTook.toMillis() + " ms")
                : Optional.empty();
    }

    @Override
    public void start() {
        running = true;
        var _ = loop.startOnPlatformThread();
    }

    @Override
    public void stop() {
        running = false;
        loop.stop(Duration.ofMillis(100));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** First of all; stopped last, since who stops must know whether it is worth waiting for the database. */
    @Override
    public int getPhase() {
        return -20;
    }

    private void watchUntilItFails(WorkLoop watching) throws SQLException, InterruptedException {
        try (var connection = connections.open()) {
            version = connection.getMetaData().getDatabaseProductVersion();
            for (var turn = 0; !watching.isStopping(); turn++) {
                askForAnything(connection);
                if (turn % TURNS_BETWEEN_LOOKS_AT_LOCKS == 0) {
                    lookForLockedTables(connection);
                }
                if (troubles.isSpaceLacking()) {
                    tryWhetherThereIsSpace(connection);
                }
                watching.noteProgress();
                watching.pause(INTERVAL);
            }
        } catch (SQLException failure) {
            if (watching.isStopping()) {
                return;
            }
            var trouble = DatabaseTrouble.of(failure);
            if (trouble.isEmpty()) {
                throw failure;
            }
            if (trouble.get().isOutage()) {
                troubles.noteOutage(trouble.get(), failure);
                pool.abortAllConnections();
            } else {
                var _ = troubles.noteFailureIfKnown(failure);
            }
            watching.pause(INTERVAL);
        }
    }

    private void askForAnything(Connection connection) throws SQLException {
        var asked = System.nanoTime();
        try (var question = connection.createStatement()) {
            var _ = question.execute("select 1");
        }
        lastAnswerTook = Duration.ofNanos(System.nanoTime() - asked);
        troubles.noteAnswer();
    }

    /** Those that can be written no more, or not even read, as long as somebody holds them. */
    private void lookForLockedTables(Connection connection) throws SQLException {
        var now = System.nanoTime();
        Map<String, Long> locked = new HashMap<>();
        try (var question = connection.createStatement(); var tables = question.executeQuery("""
                select distinct c.relname from pg_locks l join pg_class c on c.oid = l.relation
                where l.granted and l.locktype = 'relation'
                and l.database = (select oid from pg_database where datname = current_database())
                and l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
                and c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace""")) {
            while (tables.next()) {
                locked.put(tables.getString(1), now);
            }
        }
        lockedTables.keySet().retainAll(locked.keySet());
        locked.forEach(lockedTables::putIfAbsent);
        complaint = lockedTables.entrySet()
                .stream()
                .filter(table -> now - table.getValue() >= LONG_LOCK.toNanos())
                .map(table -> "table " + table.getKey() + " has been locked for "
                        + Duration.ofNanos(now - table.getValue()).toSeconds() + " s")
                .findFirst()
                .orElse("");
    }

    /** A megabyte, since small ones find room in what is there already. */
    private void tryWhetherThereIsSpace(Connection connection) throws SQLException {
        try (var attempt = connection.createStatement()) {
            attempt.execute("create temporary table space_probe as select n from generate_series(1, 40000) n");
            attempt.execute("drop table space_probe");
            troubles.noteSpace();
        } catch (SQLException failure) {
            if (DatabaseTrouble.of(failure).filter(DatabaseTrouble.NO_SPACE::equals).isEmpty()) {
                throw failure;
            }
            var _ = troubles.noteFailureIfKnown(failure);
        }
    }
}
