package org.maraudersmap.server.backbone;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.platform.health.Dependency;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The broker is as it should be while it is connected and gets the log; without it this node works on, degraded. */
final class BrokerDependency implements Dependency {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final BrokerEventLog broker;
    private final EventLog database;
    private final JdbcClient jdbc;
    private final Clock clock;

    BrokerDependency(BrokerEventLog broker, EventLog database, JdbcClient jdbc, Clock clock) {
        this.broker = broker;
        this.database = database;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Progress(long position, Duration age) {}

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public Report checkStateOfDependency() {
        var head = database.head();
        var progress = jdbc.sql("select position, updated_at from relay_position where epoch = ?")
                .param(head.epoch())
                .query((row, _) -> new Progress(
                        row.getLong("position"),
                        Duration.between(
                                row.getObject("updated_at", OffsetDateTime.class).toInstant(), clock.instant())))
                .optional()
                .orElse(new Progress(0, Duration.ZERO));
        var lag = Math.max(0, head.position() - progress.position());
        var isStuck = lag > 0 && progress.age().compareTo(SOON) > 0;
        var state = broker.state();
        return new Report(
                state.connected() && !isStuck ? State.OK : State.DEGRADED,
                state.detail() + "; " + lag + " events are to be forwarded");
    }
}
