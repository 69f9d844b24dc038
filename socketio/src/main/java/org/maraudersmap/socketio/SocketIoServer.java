package org.maraudersmap.socketio;

import io.netty.channel.ChannelHandler;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.socketio.engineio.EngineIoServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Socket.IO 5 server on Engine.IO 4. Either {@link #bind} it to a port of its own, or put {@link #handler} into the
 * pipelines of a server that exists already, behind its HTTP/1.1 codec.
 *
 * <p>
 * Threads: event loops read and write and never wait; middleware, handlers and listeners run on virtual threads, those
 * of one socket one after the other.
 */
public final class SocketIoServer {
    /** 18 bytes, as {@link #newPid} writes them. */
    private static final Pattern PID = Pattern.compile("[A-Za-z0-9_-]{24}");

    private final SocketIoSettings settings;
    private final @Nullable Recovery recovery;
    private final @Nullable Relay relay;
    private final SocketIoMetrics metrics;
    private final JsonMapper mapper;
    private final Clock clock;
    private final LongSupplier nanos;
    private final RunningTasks executor;
    private final PacketEncoder encoder;
    private final EngineIoServer engine;
    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private final Map<String, Integer> socketsByUser = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    private SocketIoServer(Builder builder) {
        settings = builder.settings;
        recovery = builder.recovery;
        relay = builder.relay;
        metrics = builder.metrics;
        mapper = builder.mapper;
        clock = builder.clock;
        nanos = builder.nanos;
        executor = new RunningTasks(builder.executor);
        encoder = new PacketEncoder(mapper);
        engine = new EngineIoServer(settings.engine(), metrics, clock, nanos,
                session -> new Connection(this, session));
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A server with the default settings. */
    public static SocketIoServer create() {
        return builder().build();
    }

    /**
     * A namespace, made when it is first named. Clients can join only those that exist.
     *
     * @param name
     *            begins with a slash; {@code /} is the one that clients join when they name none
     */
    public Namespace of(String name) {
        if (!name.startsWith("/") || name.indexOf(',') >= 0) {
            throw new IllegalArgumentException(
                    "No namespace name: '%s'; it must begin with a slash and have no comma".formatted(name));
        }
        return namespaces.computeIfAbsent(name, key -> new Namespace(key, this));
    }

    /**
     * A new handler for one channel, to be added behind the pipeline's HTTP/1.1 codec (and its TLS handler). It answers
     * requests to the path and passes all others on, also on one and the same keep-alive connection. When a client
     * opens a WebSocket, the handler takes the channel over: the codec and all handlers behind it are removed.
     */
    public ChannelHandler handler() {
        return engine.handler();
    }

    /** Opens a port of its own; as many as you like. */
    public BoundEndpoint bind(String host, int port) {
        return bind(Endpoint.of(host, port));
    }

    /** Opens a port of its own, with options. */
    public BoundEndpoint bind(Endpoint endpoint) {
        return BoundEndpoint.open(this, endpoint);
    }

    /** How many sessions are open, on whatever transport and in however many namespaces. */
    public int sessionCount() {
        return engine.sessionCount();
    }

    /**
     * Stops taking clients, closes all connections so that clients reconnect elsewhere, and waits until all disconnect
     * handlers have run and all sessions are saved. Ports of its own stay open (and refuse) until they are closed.
     *
     * @return whether everything was done within the time
     */
    public boolean shutdown(Duration patience) throws InterruptedException {
        engine.shutdown();
        return executor.awaitIdle(patience);
    }

    void handOut(Runnable action) {
        engine.handOut(action);
    }

    SocketIoSettings settings() {
        return settings;
    }

    @Nullable
    Recovery recovery() {
        return recovery;
    }

    @Nullable
    Relay relay() {
        return relay;
    }

    SocketIoMetrics metrics() {
        return metrics;
    }

    JsonMapper mapper() {
        return mapper;
    }

    Clock clock() {
        return clock;
    }

    long nanos() {
        return nanos.getAsLong();
    }

    RunningTasks executor() {
        return executor;
    }

    PacketEncoder encoder() {
        return encoder;
    }

    Optional<Namespace> find(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }

    String newSocketId() {
        return random(15);
    }

    String newPid() {
        return random(18);
    }

    /** Whether a client's text can be a pid of ours at all; nothing else is looked up. */
    static boolean isPid(String text) {
        return PID.matcher(text).matches();
    }

    private String random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** Counts a socket of a user; false if he has too many. */
    boolean countUser(Optional<String> user) {
        if (user.isEmpty()) {
            return true;
        }
        if (socketsByUser.merge(user.get(), 1, Integer::sum) > settings.maxSocketsPerUser()) {
            uncountUser(user);
            return false;
        }
        return true;
    }

    void uncountUser(Optional<String> user) {
        user.ifPresent(key -> socketsByUser.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1));
    }

    /** Collects what a server is made of. */
    public static final class Builder {
        private SocketIoSettings settings = SocketIoSettings.defaults();
        private @Nullable Recovery recovery;
        private @Nullable Relay relay;
        private SocketIoMetrics metrics = new SocketIoMetrics() {
        };
        private JsonMapper mapper = JsonMapper.builder().build();
        private Clock clock = Clock.systemUTC();
        private LongSupplier nanos = System::nanoTime;
        private Executor executor = task -> Thread.ofVirtual().name("socketio").start(task);

        private Builder() {}

        /** The settings. */
        public Builder settings(SocketIoSettings value) {
            settings = value;
            return this;
        }

        /** Turns connection state recovery on. */
        public Builder recovery(Recovery value) {
            recovery = value;
            return this;
        }

        /** Carries broadcasts to other nodes. */
        public Builder relay(Relay value) {
            relay = value;
            return this;
        }

        /** Who is told what happens. */
        public Builder metrics(SocketIoMetrics value) {
            metrics = value;
            return this;
        }

        /** How values become JSON and back. */
        public Builder mapper(JsonMapper value) {
            mapper = value;
            return this;
        }

        /** The clock for {@link Socket#lastSeen()} and the recovery window. */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** A monotonic nanosecond counter for time-outs and rates. */
        public Builder ticker(LongSupplier value) {
            nanos = value;
            return this;
        }

        /**
         * Runs middleware and handlers; by default each burst of a socket's tasks on a new virtual thread. With
         * {@code Runnable::run} they run on event loops: then none of them may block, and recovery cannot be used.
         */
        public Builder executor(Executor value) {
            executor = value;
            return this;
        }

        /** Builds. */
        public SocketIoServer build() {
            return new SocketIoServer(this);
        }
    }
}
