package org.maraudersmap.eventlog.iggy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.iggy.client.async.tcp.AsyncIggyTcpClient;
import org.apache.iggy.exception.IggyErrorCode;
import org.apache.iggy.exception.IggyServerException;
import org.apache.iggy.identifier.StreamId;
import org.apache.iggy.stream.StreamDetails;
import org.apache.iggy.topic.CompressionAlgorithm;
import org.apache.iggy.topic.Topic;
import org.apache.iggy.topic.TopicDetails;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.BrokerUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of the server that is thrown away after any failure and made anew in the background. The SDK (0.8.0) leaves
 * futures incomplete for ever when the server closes the connection, loses their place in its pool and ignores the
 * time-outs and retries that can be set; so no future is waited for without a deadline, and no client outlives one that
 * failed.
 */
final class IggyLine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IggyLine.class);
    /** The one server whose protocol the SDK speaks. */
    private static final String SERVER_VERSION = "0.8.0";
    private static final BigInteger FOR_EVER = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final long PARTITIONS = 1;

    private final String name;
    private final IggySettings settings;
    private final IggyPatience patience;
    private final Duration deadline;
    private final int connections;
    private final Runnable connected;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread connector;
    private volatile @Nullable Session session;
    private volatile String trouble = "not connected yet";
    private volatile boolean closed;

    /** A client, told apart from those before and after it. */
    private record Session(long number, AsyncIggyTcpClient client) {}

    /**
     * @param connections
     *            how many requests may be under way at once
     * @param connected
     *            run after each connecting, and must return at once
     */
    IggyLine(
            String name,
            IggySettings settings,
            IggyPatience patience,
            Duration deadline,
            int connections,
            Runnable connected) {
        this.name = name;
        this.settings = settings;
        this.patience = patience;
        this.deadline = deadline;
        this.connections = connections;
        this.connected = connected;
        this.connector = Thread.ofVirtual().name("iggy-" + name).unstarted(this::connectUntilClosed);
    }

    void start() {
        connector.start();
    }

    /** The number of the client in use; empty without one. */
    Optional<Long> sessionNumber() {
        return Optional.ofNullable(session).map(Session::number);
    }

    boolean isConnected() {
        return session != null;
    }

    /** Why there is no connection. */
    String trouble() {
        return trouble;
    }

    /**
     * Sends a request and waits for the answer, up to the deadline.
     *
     * @throws BrokerUnavailableException
     *             if there is none, or a refusal: the client is replaced then
     */
    <T> T call(Function<AsyncIggyTcpClient, CompletableFuture<T>> request) {
        var used = session;
        if (used == null) {
            throw new BrokerUnavailableException(trouble);
        }
        try {
            return await(request.apply(used.client()), deadline);
        } catch (Failure | RuntimeException failure) {
            replace(used, failure);
            throw new BrokerUnavailableException(trouble, failure);
        }
    }

    private void replace(Session broken, Exception failure) {
        synchronized (this) {
            var current = session;
            if (current == null || current.number() != broken.number()) {
                return;
            }
            session = null;
            trouble = describe(failure);
        }
        if (!closed) {
            log.warn("lost {} ({}): {}", settings.address(), name, trouble);
        }
        var _ = broken.client().close();
        wanted.release();
    }

    private void connectUntilClosed() {
        var number = 0L;
        var pause = patience.shortestPause().toMillis();
        try {
            while (!closed) {
                try {
                    var fresh = new Session(++number, connect());
                    if (!adopt(fresh)) {
                        return;
                    }
                    pause = patience.shortestPause().toMillis();
                    connected.run();
                    wanted.acquire();
                } catch (Failure | RuntimeException failure) {
                    noteFailureToConnect(failure);
                    Thread.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
                    pause = Math.min(patience.longestPause().toMillis(), 2 * pause);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void noteFailureToConnect(Exception failure) {
        var now = describe(failure);
        if (!now.equals(trouble)) {
            log.warn("cannot connect to {} ({}), trying on: {}", settings.address(), name, now);
        }
        trouble = now;
    }

    private boolean adopt(Session fresh) {
        synchronized (this) {
            if (!closed) {
                session = fresh;
            }
        }
        if (closed) {
            var _ = fresh.client().close();
            return false;
        }
        log.info("connected to {} ({})", settings.address(), name);
        return true;
    }

    private AsyncIggyTcpClient connect() throws Failure {
        var client = AsyncIggyTcpClient.builder()
                .host(settings.host())
                .port(settings.port())
                .credentials(settings.username(), settings.password())
                .connectionPoolSize(connections)
                .connectionTimeout(patience.connect())
                .acquireTimeout(patience.connect())
                .build();
        try {
            await(client.connect(), patience.connect());
            await(client.login(), patience.connect());
            refuseOtherVersion(await(client.system().getStats(), patience.connect()).iggyServerVersion());
            createWhatIsMissing(client);
            return client;
        } catch (Failure | RuntimeException failure) {
            var _ = client.close();
            throw failure;
        }
    }

    private static void refuseOtherVersion(String version) {
        if (!version.equals(SERVER_VERSION)) {
            throw new BrokerUnavailableException(
                    "the server has version " + version + "; this client speaks the protocol of " + SERVER_VERSION
                            + " alone");
        }
    }

    /** Sending creates nothing. What is there is not created again: a server logs that as an error. */
    private void createWhatIsMissing(AsyncIggyTcpClient client) throws Failure {
        var stream = StreamId.of(settings.stream());
        var found = await(client.streams().getStream(stream), patience.connect());
        if (found.isEmpty()) {
            tolerateExisting(client.streams().createStream(settings.stream()), IggyErrorCode.STREAM_ALREADY_EXISTS);
        }
        var existing = found.map(StreamDetails::topics).orElse(List.of()).stream().map(Topic::name).toList();
        for (var topic : settings.topics().values()) {
            if (!existing.contains(topic)) {
                tolerateExisting(createTopic(client, stream, topic), IggyErrorCode.TOPIC_ALREADY_EXISTS);
            }
        }
    }

    private static CompletableFuture<TopicDetails> createTopic(
            AsyncIggyTcpClient client, StreamId stream, String name) {
        return client.topics()
                .createTopic(
                        stream, PARTITIONS, CompressionAlgorithm.None, FOR_EVER, FOR_EVER, Optional.empty(), name);
    }

    /** Another node may be creating the same. */
    private void tolerateExisting(CompletableFuture<?> creation, IggyErrorCode exists) throws Failure {
        try {
            await(creation, patience.connect());
        } catch (Failure refused) {
            if (!(refused.getCause() instanceof IggyServerException answer) || answer.getErrorCode() != exists) {
                throw refused;
            }
        }
    }

    private static <T> T await(CompletableFuture<T> future, Duration deadline) throws Failure {
        try {
            return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new Failure("no answer within " + deadline.toMillis() + " ms", late);
        } catch (ExecutionException failed) {
            var cause = failed.getCause() == null ? failed : failed.getCause();
            throw new Failure(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", interrupted);
        }
    }

    private static String describe(Exception failure) {
        var message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    @Override
    public void close() {
        Session last;
        synchronized (this) {
            closed = true;
            last = session;
            session = null;
            trouble = "closed";
        }
        if (last != null) {
            var _ = last.client().close();
        }
        connector.interrupt();
    }

    /** Any way in which a request comes to nothing. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String why, Throwable cause) {
            super(why, cause);
        }
    }
}
