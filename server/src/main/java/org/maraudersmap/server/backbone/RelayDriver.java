package org.maraudersmap.server.backbone;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.BrokerUnavailableException;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.platform.database.DedicatedConnections;
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
    private static final long TURN_MILLIS = 1_000;
    /** Longer than a broker may take for a batch, during which the database hears nothing. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final Relay relay;
    private final EventLog database;
    private final DedicatedConnections connections;
    private final long pollMillis;
    private final Bell bell = new Bell();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean forwarding;
    private volatile @Nullable Thread thread;

    RelayDriver(Relay relay, EventLog database, DedicatedConnections connections, Duration pollInterval) {
        this.relay = relay;
        this.database = database;
        this.connections = connections;
        this.pollMillis = Math.min(pollInterval.toMillis(), LONGEST_SILENCE.toMillis() / 5);
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("relay").start(this::runUntilStopped);
    }

    @Override
    public void stop() {
        stopping.countDown();
        bell.ring();
        var last = thread;
        if (last != null) {
            try {
                last.join(10_000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null && !isStopping();
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

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void runUntilStopped() {
        var pause = SHORTEST_PAUSE_MILLIS;
        try (var _ = database.onAppend(bell::ring)) {
            while (!isStopping()) {
                var before = relay.countOfForwardedEvents();
                try (var connection = connections.open()) {
                    takeTurnsWithOtherNodes(connection);
                } catch (BrokerUnavailableException away) {
                    log.debug("forwarding interrupted: {}", away.getMessage());
                } catch (SQLException | RuntimeException failure) {
                    forwarding = false;
                    log.warn("forwarding interrupted, trying again: {}", failure.toString());
                }
                pause = relay.countOfForwardedEvents() > before
                        ? SHORTEST_PAUSE_MILLIS
                        : Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
                var _ = stopping.await(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1),
                        TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeTurnsWithOtherNodes(Connection connection) throws SQLException, InterruptedException {
        while (!isStopping()) {
            if (relay.tryBecomeOnlyRelay(connection)) {
                forwarding = true;
                forwardEventsUntilStopped(connection);
                relay.resignAsOnlyRelay(connection);
            } else if (relay.replaceRelayThatIsSilent(connection, LONGEST_SILENCE)) {
                log.warn("the node that forwarded has been silent for {} s; another one goes on",
                        LONGEST_SILENCE.toSeconds());
            } else {
                forwarding = false;
                var _ = stopping.await(TURN_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void forwardEventsUntilStopped(Connection connection) throws SQLException, InterruptedException {
        while (!isStopping()) {
            if (relay.forwardNextBatchToBroker(connection) == Relay.Outcome.IDLE) {
                var _ = bell.waitForRing(pollMillis);
            }
        }
    }
}
