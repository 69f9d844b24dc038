package org.maraudersmap.socketio;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.maraudersmap.socketio.engineio.EngineIoSettings;

/**
 * Settings of a server; {@link #builder()} has safe defaults.
 *
 * @param engine
 *            the transport's settings: path, heartbeat, sizes, queues, origins
 * @param connectTimeout
 *            a client that is in no namespace for so long is closed, 45 s
 * @param maxAttachments
 *            binary attachments of one packet, 10
 * @param maxNamespaces
 *            namespaces that one client may be in, 16
 * @param eventsPerSecond
 *            events that one socket may send (on average over a second), 1 000; see
 *            {@link Namespace#onRateLimited}
 * @param maxSocketsPerUser
 *            sockets of one user (see {@link Verdict.Accepted#user}), 1 000
 * @param maxPendingEvents
 *            events of one client that wait for their handlers before the server stops reading from it,
 *            256
 * @param maxHeld
 *            messages held for a socket while it is replayed to, 1 000
 * @param recoveryWindow
 *            how long after its last sign of life a session can be recovered, 2 min
 * @param keepSocketId
 *            whether a recovered socket gets back its id (as with the Node.js server) or a new one
 */
public record SocketIoSettings(EngineIoSettings engine, Duration connectTimeout, int maxAttachments, int maxNamespaces,
        int eventsPerSecond, int maxSocketsPerUser, int maxPendingEvents, int maxHeld, Duration recoveryWindow,
        boolean keepSocketId) {

    public SocketIoSettings {
        require(connectTimeout.isPositive(), "connectTimeout", connectTimeout, "be longer than zero");
        require(recoveryWindow.isPositive(), "recoveryWindow", recoveryWindow, "be longer than zero");
        require(maxAttachments >= 0, "maxAttachments", maxAttachments, "be 0 or more");
        require(maxNamespaces > 0, "maxNamespaces", maxNamespaces, "be greater than zero");
        require(eventsPerSecond > 0, "eventsPerSecond", eventsPerSecond, "be greater than zero");
        require(maxSocketsPerUser > 0, "maxSocketsPerUser", maxSocketsPerUser, "be greater than zero");
        require(maxPendingEvents > 0, "maxPendingEvents", maxPendingEvents, "be greater than zero");
        require(maxHeld > 0, "maxHeld", maxHeld, "be greater than zero");
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The defaults. */
    public static SocketIoSettings defaults() {
        return builder().build();
    }

    private static void require(boolean condition, String name, Object value, String demand) {
        if (!condition) {
            throw new IllegalArgumentException("Socket.IO setting %s is %s; it must %s".formatted(name, value, demand));
        }
    }

    /** Collects settings; see the record for what each means. */
    public static final class Builder {
        private final EngineIoSettings.Builder engine = EngineIoSettings.builder();
        private Duration connectTimeout = Duration.ofSeconds(45);
        private int maxAttachments = 10;
        private int maxNamespaces = 16;
        private int eventsPerSecond = 1000;
        private int maxSocketsPerUser = 1000;
        private int maxPendingEvents = 256;
        private int maxHeld = 1000;
        private Duration recoveryWindow = Duration.ofMinutes(2);
        private boolean keepSocketId = true;

        private Builder() {}

        /** Changes settings of the transport, e.g. {@code engine(e -> e.path("/io/"))}. */
        public Builder engine(UnaryOperator<EngineIoSettings.Builder> change) {
            var _ = change.apply(engine);
            return this;
        }

        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        public Builder maxAttachments(int count) {
            maxAttachments = count;
            return this;
        }

        public Builder maxNamespaces(int count) {
            maxNamespaces = count;
            return this;
        }

        public Builder eventsPerSecond(int count) {
            eventsPerSecond = count;
            return this;
        }

        public Builder maxSocketsPerUser(int count) {
            maxSocketsPerUser = count;
            return this;
        }

        public Builder maxPendingEvents(int count) {
            maxPendingEvents = count;
            return this;
        }

        public Builder maxHeld(int count) {
            maxHeld = count;
            return this;
        }

        public Builder recoveryWindow(Duration value) {
            recoveryWindow = value;
            return this;
        }

        public Builder keepSocketId(boolean value) {
            keepSocketId = value;
            return this;
        }

        /**
         * Checks and builds.
         *
         * @throws IllegalArgumentException
         *             which names the setting, its value and what is allowed
         */
        public SocketIoSettings build() {
            return new SocketIoSettings(engine.build(), connectTimeout, maxAttachments, maxNamespaces, eventsPerSecond,
                    maxSocketsPerUser, maxPendingEvents, maxHeld, recoveryWindow, keepSocketId);
        }
    }
}
