package org.maraudersmap.eventlog.iggy;

import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.EventLog;

/** Logs on one server, each with a stream of its own unless told otherwise; closed together. */
final class OpenedLogs implements AutoCloseable {
    static final Map<String, String> TOPICS = Map.of(
            "incident-events", "incident-events",
            "presence-events", "presence-events",
            "auth-events", "auth-events",
            "notification-events", "notification-events");

    private final String host;
    private final int port;
    private final List<BrokerEventLog> opened = new ArrayList<>();

    OpenedLogs(String host, int port) {
        this.host = host;
        this.port = port;
    }

    static String newStream() {
        return "test-" + UUID.randomUUID();
    }

    /** One that is connected. */
    BrokerEventLog openConnected(String stream, EventLog database, IggyPatience patience) {
        var log = open(stream, database, patience);
        await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofSeconds(10)).until(() -> log.state().connected());
        return log;
    }

    BrokerEventLog open(String stream, EventLog database, IggyPatience patience) {
        var settings = new IggySettings(
                host, port, "iggy", "iggy", stream, TOPICS, 100, Duration.ofMillis(50));
        var log = IggyEventLogFactory.open(settings, patience, database, new EventJson(), Clock.systemUTC());
        opened.add(log);
        return log;
    }

    @Override
    public void close() {
        opened.forEach(BrokerEventLog::close);
        opened.clear();
    }
}
