package org.maraudersmap.server.platform.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What all clients together, and each of them, may hold of this node before it has anything to do for them: open
 * connections, and bytes of requests that are not answered yet. Thread-safe; it never blocks.
 */
@Component
final class ConnectionBudget {
    /** One client may hold this part of all bytes, so that it takes several to use them up. */
    private static final int SHARE_OF_A_CLIENT = 4;

    private final int mostConnectionsOfNetwork;
    private final long mostBytes;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Map<String, Integer> connectionsByNetwork = new ConcurrentHashMap<>();
    private final Map<String, Long> bytesByNetwork = new ConcurrentHashMap<>();
    private final Counter refusedConnections;
    private final Counter refusedRequests;

    @Autowired
    ConnectionBudget(Settings settings, MeterRegistry meters) {
        this(settings.number(Setting.MAX_CONNECTIONS_PER_ADDRESS), settings.mostBytesInFlight(), meters);
    }

    ConnectionBudget(int mostConnectionsOfNetwork, long mostBytes, MeterRegistry meters) {
        this.mostConnectionsOfNetwork = mostConnectionsOfNetwork;
        this.mostBytes = mostBytes;
        Gauge.builder("http.server.connections", connections, AtomicInteger::get)
                .description("Open connections, WebSockets included")
                .register(meters);
        Gauge.builder("http.server.bytes.in.flight", bytes, AtomicLong::get)
                .description("Bytes of request bodies that are not answered yet")
                .baseUnit("bytes")
                .register(meters);
        this.refusedConnections = Counter.builder("http.server.connections.refused")
                .description("Connections closed at once, because their address had too many")
                .register(meters);
        this.refusedRequests = Counter.builder("http.server.bytes.refused")
                .description("Requests refused, because too many bytes were in flight")
                .register(meters);
    }

    /**
     * Counts a connection until {@link #releaseConnectionOfNetwork}; false, and nothing counted, if it is one too many.
     */
    boolean admitConnectionOfNetwork(String network) {
        if (connectionsByNetwork.merge(network, 1, Integer::sum) > mostConnectionsOfNetwork) {
            connectionsByNetwork.computeIfPresent(network, ConnectionBudget::oneLess);
            refusedConnections.increment();
            return false;
        }
        connections.incrementAndGet();
        return true;
    }

    /** Ends what {@link #admitConnectionOfNetwork} began. */
    void releaseConnectionOfNetwork(String network) {
        connections.decrementAndGet();
        connectionsByNetwork.computeIfPresent(network, ConnectionBudget::oneLess);
    }

    @SuppressWarnings("NullAway") // null removes the entry
    private static Integer oneLess(String network, int count) {
        return count == 1 ? null : count - 1;
    }

    /** Counts bytes until {@link #releaseBytesOfNetwork}; false, and nothing counted, if they are too many. */
    boolean reserveBytesForNetwork(String network, int count) {
        if (bytes.addAndGet(count) > mostBytes) {
            bytes.addAndGet(-count);
            refusedRequests.increment();
            return false;
        }
        if (bytesByNetwork.merge(network, (long) count, Long::sum) > mostBytes / SHARE_OF_A_CLIENT) {
            releaseBytesOfNetwork(network, count);
            refusedRequests.increment();
            return false;
        }
        return true;
    }

    /** Ends what {@link #reserveBytesForNetwork} began. */
    void releaseBytesOfNetwork(String network, long count) {
        bytes.addAndGet(-count);
        bytesByNetwork.compute(network, (_, held) -> held == null || held <= count ? null : held - count);
    }

    /** How many clients something is counted for; none when nobody is here. */
    int countNetworksInMemory() {
        return connectionsByNetwork.size() + bytesByNetwork.size();
    }
}
