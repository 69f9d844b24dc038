package org.maraudersmap.e2e.faults;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maraudersmap.e2e.faults.Ledger.Change;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;
import org.maraudersmap.e2e.socket.SocketEvent;
import tools.jackson.databind.JsonNode;

/**
 * A screen with the feed of all incidents: it hears changes live, comes back after every cut, and adds what it missed
 * from the log, as the contract tells a client to.
 */
final class FeedListener {
    /** One of these for every event of an incident. */
    static final Set<String> CHANGES = Set.of("incident:created", "incident:changed", "incident:resolved");
    private final EventLogReader log;
    private final SocketClient client;
    private final Set<SocketEvent.Offset> offsets = new HashSet<>();
    private final Map<Change, Long> had = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private int live;
    private int fetched;
    private int welcomes;
    /** Up to here nothing is missing. */
    private long complete;
    private boolean caughtUp;
    private long floor;
    private long lastHeard;

    FeedListener(SocketClients clients, String token, EventLogReader log) {
        this.log = log;
        this.client = clients.connect(ConnectOptions.withToken(token).comingBack(), this::hear);
    }

    private synchronized void hear(SocketEvent event) {
        if (event.name().equals("connection:acknowledged")) {
            floor = event.offset().orElseThrow().position();
            // Only what was heard after nothing was missing any more proves that nothing is missing before it.
            complete = caughtUp ? Math.max(complete, lastHeard) : complete;
            caughtUp = false;
            lastHeard = 0;
            welcomes++;
        } else if (CHANGES.contains(event.name())) {
            var offset = event.offset().orElse(null);
            if (offset == null) {
                faults.add("no offset with " + event);
                return;
            }
            hearChange(offset, event.payload().path("incident"));
        }
    }

    private void hearChange(SocketEvent.Offset offset, JsonNode incident) {
        if (!offsets.add(offset)) {
            faults.add("heard twice: " + offset);
        }
        if (offset.position() <= floor) {
            faults.add("heard at or below the floor " + floor + ": " + offset);
        }
        if (offset.position() <= lastHeard) {
            faults.add("heard after " + lastHeard + ": " + offset);
        }
        lastHeard = offset.position();
        live++;
        add(offset.position(), incident);
    }

    private void add(long position, JsonNode incident) {
        var change = new Change(incident.path("id").asLong(), incident.path("version").asLong());
        var other = had.put(change, position);
        if (other != null && other != position) {
            faults.add(change + " came from position " + other + " and from " + position);
        }
    }

    /** Waits until it is connected for the {@code nth} time, asks for the feed and adds what it has missed. */
    void catchUp(int nth) {
        await("connection " + nth + " of the listener").atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> welcomes() >= nth);
        if (!client.emit("feed:subscribe").path("ok").asBoolean()) {
            throw new IllegalStateException("feed:subscribe was refused");
        }
        addMissed();
    }

    /** As {@link #catchUp}, but the product may be killed meanwhile; then the next time makes up for it. */
    void tryToCatchUp(int nth) {
        try {
            catchUp(nth);
        } catch (UncheckedIOException | IllegalStateException killed) {
            // Not caught up; it will be.
        }
    }

    private void addMissed() {
        var missed = log.readAllAfter(Math.max(0, complete() - 1));
        synchronized (this) {
            for (var entry : missed.entries()) {
                if (entry.isOfIncident()) {
                    var size = had.size();
                    add(entry.position(), entry.incident());
                    fetched += had.size() - size;
                }
            }
            complete = Math.max(complete, missed.next());
            caughtUp = true;
        }
    }

    private synchronized long complete() {
        return complete;
    }

    private synchronized int welcomes() {
        return welcomes;
    }

    /** Every change that it has, with its position. */
    synchronized Map<Change, Long> had() {
        return Map.copyOf(had);
    }

    /** What should not have happened: twice, out of order, below the floor. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized int live() {
        return live;
    }

    synchronized int fetched() {
        return fetched;
    }
}
