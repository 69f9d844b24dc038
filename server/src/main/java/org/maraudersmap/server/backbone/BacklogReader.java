package org.maraudersmap.server.backbone;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.backbone.ConsumerStanding.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What has not been handled yet: by each consumer, and by the sequencer. */
@Component
class BacklogReader {
    private final JdbcClient jdbc;
    private final ConsumerDriver driver;
    private final Clock clock;

    BacklogReader(JdbcClient jdbc, ConsumerDriver driver, Clock clock) {
        this.jdbc = jdbc;
        this.driver = driver;
        this.clock = clock;
    }

    /**
     * What waits to be sequenced.
     *
     * @param age
     *            of the oldest one; zero if there is none
     */
    record OutboxBacklog(long events, Duration age) {}

    /** Every consumer that has ever run and whose node is not forgotten, by name. */
    List<ConsumerStanding> readStandingOfConsumers() {
        var running = driver.namesOfRunningConsumers();
        var paused = driver.namesOfPausedConsumers();
        return jdbc.sql("""
                select c.consumer, c.node_id, c.position, greatest(h.position - c.position, 0) as lag,
                    next.envelope->>'timestamp' as waiting_since,
                    coalesce(n.last_seen > now() - interval '10 seconds', false) as is_node_alive,
                    d.parked, d.dead
                from consumer_positions c
                cross join event_log_head h
                left join nodes n using (node_id)
                left join event_log next on next.position = c.position + 1
                cross join lateral (
                    select count(*) as parked,
                        count(*) filter (where next_attempt_at is null and attempts > 0) as dead
                    from dead_letters where consumer = c.consumer) d
                order by c.consumer""").query((row, _) -> {
            var name = row.getString("consumer");
            var parked = row.getLong("parked");
            var state = State.RUNNING;
            if (!running.contains(name) && !row.getBoolean("is_node_alive")) {
                state = State.STOPPED;
            } else if (paused.contains(name)) {
                state = State.PAUSED;
            } else if (parked > 0) {
                state = State.PARKED;
            }
            return new ConsumerStanding(
                    name,
                    row.getString("node_id"),
                    row.getLong("position"),
                    row.getLong("lag"),
                    ageOf(row.getString("waiting_since")).toMillis() / 1000.0,
                    state,
                    parked,
                    row.getLong("dead"));
        }).list();
    }

    OutboxBacklog readBacklogOfOutbox() {
        return jdbc.sql("select count(*) as events, min(recorded_at) as oldest from outbox")
                .query((row, _) -> new OutboxBacklog(row.getLong("events"), ageOfOldest(row)))
                .single();
    }

    private Duration ageOfOldest(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class))
                .map(oldest -> ageOf(oldest.toInstant()))
                .orElse(Duration.ZERO);
    }

    private Duration ageOf(@Nullable String timestamp) {
        return timestamp == null ? Duration.ZERO : ageOf(Instant.parse(timestamp));
    }

    /** Another machine's clock may be ahead of this one's. */
    private Duration ageOf(Instant since) {
        var age = Duration.between(since, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
