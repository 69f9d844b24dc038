package org.maraudersmap.server.backbone;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.maraudersmap.eventlog.BrokerUnavailableException;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.platform.database.DedicatedConnections;
import org.maraudersmap.server.platform.work.WorkLoop;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the {@link Relay} on this node whenever no other node does, woken when the log grows. After a failure it leaves
 * its turn to others for a while.
 */
class RelayDriver implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RelayDriver.class);
    private static final long SHORTEST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(2);
    /** Longer than a broker may take for a batch, during which the database hears nothing. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final Relay relay;
    private final EventLog database;
    private final DedicatedConnections connections;
    private final long pollMillis;
    private final Bell bell = new Bell();
    private final WorkLoop loop;
    private long pauseMillis = SHORTEST_PAUSE_MILLIS;
    private volatile boolean running;
    private volatile boolean forwarding;

    RelayDriver(
            Relay relay, EventLog database, DedicatedConnections connections, WorkLoops loops, Duration pollInterval) {
        this.relay = relay;
        this.database = database;
        this.connections = connections;
        this.loop = loops.makeLoopOfTurns("relay", this::forwardWithOwnConnection);
        this.pollMillis = Math.min(pollInterval.toMillis(), LONGEST_SILENCE.toMillis() / 5);
    }

    @Override
    public void start() {
        running = true;
        var _ = loop.start();
    }

    @Override
    public void stop() {
        running = false;
        bell.ring();
        loop.stop(PATIENCE_AT_STOP);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the sequencer; stopped before it. */
    @Override
    public int getPhase() {
        return 5;
    }

    /**
     * Whether it is this node that forwards, or would if the broker were there: while it is away several may say so.
     */
    boolean isForwardingOnThisNode() {
        return forwarding;
    }

    private void forwardWithOwnConnection(WorkLoop working) throws SQLException, InterruptedException {
        var before = relay.countOfForwardedEvents();
        try (var _ = database.onAppend(bell::ring); var connection = connections.open()) {
            takeTurnsWithOtherNodes(connection);
        } catch (BrokerUnavailableException away) {
            log.debug("forwarding interrupted: {}", away.getMessage());
            pauseMillis = relay.countOfForwardedEvents() > before
                    ? SHORTEST_PAUSE_MILLIS
                    : Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
            working.pause(
                    Duration.ofMillis(ThreadLocalRandom.current().nextLong(pauseMillis / 2, pauseMillis + 1)));
        } catch (SQLException | RuntimeException failure) {
            forwarding = false;
            throw failure;
        }
    }

    private void takeTurnsWithOtherNodes(Connection connection) throws SQLException, InterruptedException {
        while (!loop.isStopping()) {
            if (relay.tryBecomeOnlyRelay(connection)) {
                forwarding = true;
                forwardEventsUntilStopped(connection);
                relay.resignAsOnlyRelay(connection);
            } else if (relay.replaceRelayThatIsSilent(connection, LONGEST_SILENCE)) {
                log.warn("the node that forwarded has been silent for {} s; another one goes on",
                        LONGEST_SILENCE.toSeconds());
            } else {
                forwarding = false;
                loop.noteProgress();
                loop.pause(TURN);
            }
        }
    }

    private void forwardEventsUntilStopped(Connection connection) throws SQLException, InterruptedException {
        while (!loop.isStopping()) {
            var outcome = relay.forwardNextBatchToBroker(connection);
            loop.noteProgress();
            if (outcome == Relay.Outcome.IDLE) {
                var _ = bell.waitForRing(pollMillis);
            }
        }
    }
}
