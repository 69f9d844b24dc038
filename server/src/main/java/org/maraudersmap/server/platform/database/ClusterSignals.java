package org.maraudersmap.server.platform.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Short messages between the nodes on one database, by NOTIFY: fast, and lost if a node is away, so whoever listens
 * polls as well. They are sent from a thread of their own, never in a writer's transaction, where NOTIFY would make
 * commits queue up; messages that say the same and wait together are sent once.
 */
public final class ClusterSignals implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ClusterSignals.class);
    /** PostgreSQL allows just under 8000 bytes. */
    private static final int LONGEST_PAYLOAD = 7_900;
    /** How soon a stop is noticed. */
    private static final int WAIT_MILLIS = 200;
    private static final long STOP_MILLIS = 2_000;
    private static final long RECONNECT_NANOS = 500_000_000L;
    /** No news and a connection that is broken look the same, so an answer is asked for now and then. */
    private static final long LONGEST_SILENCE_NANOS = 2_000_000_000L;

    private final DedicatedConnections connections;
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Signal> outgoing = new LinkedBlockingQueue<>(10_000);
    private volatile boolean running;
    private volatile List<Thread> threads = List.of();

    private record Signal(String channel, String payload) {}

    ClusterSignals(DedicatedConnections connections) {
        this.connections = connections;
    }

    /**
     * Has {@code listener} called with every payload that any node, this one included, sends on {@code channel}, one
     * after the other. It must not block. To be called before the start.
     */
    public void listenToSignalsOnChannel(String channel, Consumer<String> listener) {
        listeners.computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /** Sends a message to every node; returns at once. */
    public void sendSignalToAllNodes(String channel, String payload) {
        var length = payload.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PAYLOAD) {
            throw new IllegalArgumentException("signal on " + channel + " has " + length + " bytes");
        }
        // A full queue means that the database is away; whoever listens polls as well.
        var _ = outgoing.offer(new Signal(channel, payload));
    }

    @Override
    public void start() {
        running = true;
        threads = List.of(
                Thread.ofVirtual().name("cluster-signals-out").start(() -> repeatWithConnection(this::sendSignals)),
                Thread.ofVirtual().name("cluster-signals-in").start(() -> repeatWithConnection(this::receiveSignals)));
    }

    @Override
    public void stop() {
        running = false;
        // Not interrupted: that would close a connection in the middle of its work.
        for (var stopping : threads) {
            awaitEndOfThread(stopping);
        }
        threads = List.of();
    }

    /** Before the pool takes its connection away. */
    private static void awaitEndOfThread(Thread thread) {
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before whatever sends or listens; stopped after it. */
    @Override
    public int getPhase() {
        return -10;
    }

    private interface Work {
        void run(Connection connection) throws SQLException, InterruptedException;
    }

    private void repeatWithConnection(Work work) {
        while (running) {
            try (var connection = connections.open()) {
                work.run(connection);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (SQLException lost) {
                if (running) {
                    log.warn("signals between nodes interrupted, trying again: {}", lost.getMessage());
                    LockSupport.parkNanos(RECONNECT_NANOS);
                }
            }
        }
    }

    private void sendSignals(Connection connection) throws SQLException, InterruptedException {
        try (var settings = connection.createStatement();
                var alive = connection.prepareStatement("select 1");
                var notify = connection.prepareStatement(
                        "select pg_notify(channel, payload) from unnest(?::text[], ?::text[]) as s(channel, payload)")) {
            // A signal need not be durable.
            settings.execute("set synchronous_commit = off");
            var lastWord = System.nanoTime();
            while (running) {
                var first = outgoing.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    if (System.nanoTime() - lastWord > LONGEST_SILENCE_NANOS) {
                        alive.execute();
                        lastWord = System.nanoTime();
                    }
                    continue;
                }
                lastWord = System.nanoTime();
                var batch = new LinkedHashSet<Signal>();
                batch.add(first);
                for (var next = outgoing.poll(); next != null; next = outgoing.poll()) {
                    batch.add(next);
                }
                notify.setArray(1, connection.createArrayOf("text", batch.stream().map(Signal::channel).toArray()));
                notify.setArray(2, connection.createArrayOf("text", batch.stream().map(Signal::payload).toArray()));
                notify.execute();
            }
        }
    }

    private void receiveSignals(Connection connection) throws SQLException {
        try (var listen = connection.createStatement()) {
            for (var channel : listeners.keySet()) {
                listen.execute("listen " + channel);
            }
        }
        var postgres = connection.unwrap(PGConnection.class);
        try (var alive = connection.prepareStatement("select 1")) {
            var lastWord = System.nanoTime();
            while (running) {
                for (var notification : postgres.getNotifications(WAIT_MILLIS)) {
                    deliver(notification.getName(), notification.getParameter());
                }
                if (System.nanoTime() - lastWord > LONGEST_SILENCE_NANOS) {
                    alive.execute();
                    lastWord = System.nanoTime();
                }
            }
        }
    }

    private void deliver(String channel, String payload) {
        for (var listener : listeners.getOrDefault(channel, List.of())) {
            try {
                listener.accept(payload);
            } catch (RuntimeException broken) {
                log.error("a listener of {} failed", channel, broken);
            }
        }
    }
}
