package org.maraudersmap.server.platform.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.maraudersmap.server.platform.work.WorkLoop;
import org.maraudersmap.server.platform.work.WorkLoops;
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
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(1);
    /** No news and a connection that is broken look the same, so an answer is asked for now and then. */
    private static final long LONGEST_SILENCE_NANOS = 2_000_000_000L;

    private final DedicatedConnections connections;
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Signal> outgoing = new LinkedBlockingQueue<>(10_000);
    private final List<WorkLoop> loops;
    private volatile boolean running;

    private record Signal(String channel, String payload) {}

    ClusterSignals(DedicatedConnections connections, WorkLoops loops) {
        this.connections = connections;
        this.loops = List.of(
                loops.makeLoopOfTurns("cluster-signals-out", loop -> workWithConnection(this::sendSignals, loop)),
                loops.makeLoopOfTurns("cluster-signals-in", loop -> workWithConnection(this::receiveSignals, loop)));
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
        loops.forEach(WorkLoop::start);
    }

    @Override
    public void stop() {
        running = false;
        loops.forEach(loop -> loop.stop(PATIENCE_AT_STOP));
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
        void run(Connection connection, WorkLoop loop) throws SQLException, InterruptedException;
    }

    private void workWithConnection(Work work, WorkLoop loop) throws SQLException, InterruptedException {
        try (var connection = connections.open()) {
            work.run(connection, loop);
        }
    }

    private void sendSignals(Connection connection, WorkLoop loop) throws SQLException, InterruptedException {
        try (var settings = connection.createStatement();
                var alive = connection.prepareStatement("select 1");
                var notify = connection.prepareStatement(
                        "select pg_notify(channel, payload) from unnest(?::text[], ?::text[]) as s(channel, payload)")) {
            // A signal need not be durable.
            settings.execute("set synchronous_commit = off");
            var lastWord = System.nanoTime();
            while (!loop.isStopping()) {
                loop.noteProgress();
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

    private void receiveSignals(Connection connection, WorkLoop loop) throws SQLException {
        try (var listen = connection.createStatement()) {
            for (var channel : listeners.keySet()) {
                listen.execute("listen " + channel);
            }
        }
        var postgres = connection.unwrap(PGConnection.class);
        try (var alive = connection.prepareStatement("select 1")) {
            var lastWord = System.nanoTime();
            while (!loop.isStopping()) {
                loop.noteProgress();
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
            } catch (RuntimeException | StackOverflowError | LinkageError broken) {
                log.error("a listener of {} failed", channel, broken);
            }
        }
    }
}
