package org.maraudersmap.server.backbone;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.platform.health.Dependency;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The log is as it should be while what is committed gets its position soon. */
@Component
final class EventLogDependency implements Dependency {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final EventLog log;
    private final Clock clock;

    EventLogDependency(JdbcClient jdbc, EventLog log, Clock clock) {
        this.jdbc = jdbc;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "eventLog";
    }

    @Override
    public Report checkStateOfDependency() {
        var oldest = jdbc.sql("select recorded_at from outbox order by id limit 1")
                .query((row, _) -> row.getObject("recorded_at", OffsetDateTime.class).toInstant())
                .optional();
        var late = oldest.map(this::ageOf).filter(age -> age.compareTo(SOON) > 0);
        return late.map(age -> new Report(State.DEGRADED, "an event has been waiting for " + age.toSeconds() + " s"))
                .orElseGet(() -> new Report(State.OK, "at position " + log.head().position()));
    }

    private Duration ageOf(Instant recorded) {
        return Duration.between(recorded, clock.instant());
    }
}
