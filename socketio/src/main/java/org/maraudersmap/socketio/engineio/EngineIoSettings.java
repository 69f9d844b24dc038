package org.maraudersmap.socketio.engineio;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Settings of the Engine.IO layer; {@link #builder()} has safe defaults.
 *
 * @param path
 *            the path that is taken over, {@code /socket.io/}; it ends with a slash
 * @param pingInterval
 *            between a pong and the next ping, 25 s
 * @param pingTimeout
 *            how long a pong may take, 20 s
 * @param maxSilence
 *            a session that sends no packet at all for so long is closed; as a rule longer than
 *            {@code pingInterval}, since a quiet client answers pings only; default: the sum of the
 *            two
 * @param upgradeTimeout
 *            how long an upgrade to WebSocket may take, 10 s
 * @param maxPayload
 *            the largest message or POST body in bytes, also when inflated, 1 000 000
 * @param maxQueuedPackets
 *            messages that may wait for one session, 10 000
 * @param maxQueuedBytes
 *            bytes that may wait for one session, 4 MiB; who has more is closed as a slow consumer
 * @param maxUriLength
 *            of a request to the path, 4096 characters (414 beyond)
 * @param maxHeaderBytes
 *            of all headers of a request to the path, 16 KiB (431 beyond)
 * @param keptHeaders
 *            which headers, by their names in lower case, a session keeps for the application as long as it lives; all
 *            of them. What nobody asks for costs up to {@code maxHeaderBytes} a session
 * @param maxSessionsPerAddress
 *            sessions from one address, 20 000 (429 beyond); of IPv6 a /64 counts as one
 * @param maxHeldRequests
 *            pipelined messages on one connection that wait while a request is answered, 64
 * @param originPolicy
 *            which web pages may connect; default: those of the own origin. A request without Origin header is not a
 *            browser's and passes
 * @param transports
 *            which transports are offered
 * @param allowUpgrades
 *            whether polling sessions may go over to WebSocket
 * @param compression
 *            whether permessage-deflate is offered, off: it costs memory and time
 * @param compressionThreshold
 *            messages below so many bytes are not compressed, 1024
 * @param addressResolver
 *            the client's address; default: the peer's
 */
public record EngineIoSettings(String path, Duration pingInterval, Duration pingTimeout, Duration maxSilence,
        Duration upgradeTimeout, int maxPayload, int maxPacketsPerPayload, int maxQueuedPackets, int maxQueuedBytes,
        int maxUriLength,
        int maxHeaderBytes, Predicate<String> keptHeaders, int maxSessionsPerAddress, int maxHeldRequests,
        OriginPolicy originPolicy,
        Set<EngineIoMetrics.Transport> transports, boolean allowUpgrades, boolean compression, int compressionThreshold,
        RemoteAddressResolver addressResolver) {

    public EngineIoSettings {
        require(path.startsWith("/") && path.endsWith("/"), "path", path, "begin and end with a slash");
        requirePositive("pingInterval", pingInterval);
        requirePositive("pingTimeout", pingTimeout);
        requirePositive("maxSilence", maxSilence);
        requirePositive("upgradeTimeout", upgradeTimeout);
        requirePositive("maxPayload", maxPayload);
        requirePositive("maxPacketsPerPayload", maxPacketsPerPayload);
        requirePositive("maxQueuedPackets", maxQueuedPackets);
        requirePositive("maxQueuedBytes", maxQueuedBytes);
        requirePositive("maxUriLength", maxUriLength);
        requirePositive("maxHeaderBytes", maxHeaderBytes);
        requirePositive("maxSessionsPerAddress", maxSessionsPerAddress);
        requirePositive("maxHeldRequests", maxHeldRequests);
        require(!transports.isEmpty(), "transports", transports, "name at least one");
        require(maxSilence.compareTo(pingInterval) > 0, "maxSilence", maxSilence,
                "be longer than pingInterval (" + pingInterval + "), since a quiet client only answers pings");
        transports = Set.copyOf(transports);
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The defaults. */
    public static EngineIoSettings defaults() {
        return builder().build();
    }

    private static void requirePositive(String name, Duration value) {
        require(value.isPositive(), name, value, "be longer than zero");
    }

    private static void requirePositive(String name, int value) {
        require(value > 0, name, value, "be greater than zero");
    }

    private static void require(boolean condition, String name, Object value, String demand) {
        if (!condition) {
            throw new IllegalArgumentException("Engine.IO setting %s is %s; it must %s".formatted(name, value, demand));
        }
    }

    /** Collects settings; see the record for what each means. */
    public static final class Builder {
        private String path = "/socket.io/";
        private Duration pingInterval = Duration.ofSeconds(25);
        private Duration pingTimeout = Duration.ofSeconds(20);
        private Duration maxSilence = Duration.ZERO;
        private Duration upgradeTimeout = Duration.ofSeconds(10);
        private int maxPayload = 1_000_000;
        private int maxPacketsPerPayload = 10_000;
        private int maxQueuedPackets = 10_000;
        private int maxQueuedBytes = 4 << 20;
        private int maxUriLength = 4096;
        private int maxHeaderBytes = 16 << 10;
        private Predicate<String> keptHeaders = _ -> true;
        private int maxSessionsPerAddress = 20_000;
        private int maxHeldRequests = 64;
        private OriginPolicy originPolicy = OriginPolicy.ownAnd(Set.of());
        private Set<EngineIoMetrics.Transport> transports = Set.of(EngineIoMetrics.Transport.values());
        private boolean allowUpgrades = true;
        private boolean compression;
        private int compressionThreshold = 1024;
        private RemoteAddressResolver addressResolver = (InetAddress peer, HandshakeRequest.Headers headers) -> peer;

        private Builder() {}

        public Builder path(String value) {
            path = value;
            return this;
        }

        public Builder pingInterval(Duration value) {
            pingInterval = value;
            return this;
        }

        public Builder pingTimeout(Duration value) {
            pingTimeout = value;
            return this;
        }

        public Builder maxSilence(Duration value) {
            maxSilence = value;
            return this;
        }

        public Builder upgradeTimeout(Duration value) {
            upgradeTimeout = value;
            return this;
        }

        public Builder maxPayload(int bytes) {
            maxPayload = bytes;
            return this;
        }

        public Builder maxPacketsPerPayload(int count) {
            maxPacketsPerPayload = count;
            return this;
        }

        public Builder maxQueuedPackets(int count) {
            maxQueuedPackets = count;
            return this;
        }

        public Builder maxQueuedBytes(int bytes) {
            maxQueuedBytes = bytes;
            return this;
        }

        public Builder maxUriLength(int characters) {
            maxUriLength = characters;
            return this;
        }

        public Builder maxHeaderBytes(int bytes) {
            maxHeaderBytes = bytes;
            return this;
        }

        public Builder keptHeaders(Predicate<String> value) {
            keptHeaders = value;
            return this;
        }

        public Builder maxSessionsPerAddress(int count) {
            maxSessionsPerAddress = count;
            return this;
        }

        public Builder maxHeldRequests(int count) {
            maxHeldRequests = count;
            return this;
        }

        /** As {@link OriginPolicy#ownAnd}. */
        public Builder allowedOrigins(String... origins) {
            return originPolicy(OriginPolicy.ownAnd(Set.of(origins)));
        }

        public Builder originPolicy(OriginPolicy value) {
            originPolicy = value;
            return this;
        }

        public Builder transports(Set<EngineIoMetrics.Transport> value) {
            transports = value;
            return this;
        }

        public Builder allowUpgrades(boolean value) {
            allowUpgrades = value;
            return this;
        }

        public Builder compression(boolean value) {
            compression = value;
            return this;
        }

        public Builder compressionThreshold(int bytes) {
            compressionThreshold = bytes;
            return this;
        }

        public Builder addressResolver(RemoteAddressResolver value) {
            addressResolver = value;
            return this;
        }

        /**
         * Checks and builds.
         *
         * @throws IllegalArgumentException
         *             which names the setting, its value and what is allowed
         */
        public EngineIoSettings build() {
            var silence = maxSilence.isZero() ? pingInterval.plus(pingTimeout) : maxSilence;
            return new EngineIoSettings(path, pingInterval, pingTimeout, silence, upgradeTimeout, maxPayload,
                    maxPacketsPerPayload,
                    maxQueuedPackets, maxQueuedBytes, maxUriLength, maxHeaderBytes, keptHeaders, maxSessionsPerAddress,
                    maxHeldRequests, originPolicy, transports, allowUpgrades, compression, compressionThreshold,
                    addressResolver);
        }
    }
}
