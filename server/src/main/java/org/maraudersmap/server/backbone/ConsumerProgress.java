package org.maraudersmap.server.backbone;

import org.maraudersmap.eventlog.LogHead;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Up to where the log is contained in what a consumer has made of it. */
@Component
public class ConsumerProgress {
    private final JdbcClient jdbc;

    ConsumerProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The position up to which the consumer has handled everything that it wants: its own, or the one before its oldest
     * parked event. For {@link LogHeaders}: read it <em>before</em> what the consumer has made.
     */
    public LogHead readHeadOfConsumer(String consumer) {
        return jdbc.sql("""
                select h.epoch, coalesce(least(c.position, d.oldest - 1), 0) as position
                from event_log_head h
                left join consumer_positions c on c.consumer = ?
                cross join lateral (
                    select min(position) as oldest from dead_letters where consumer = c.consumer) d""")
                .param(consumer)
                .query((row, _) -> new LogHead(row.getString("epoch"), row.getLong("position")))
                .single();
    }
}
