package org.maraudersmap.server.audit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.backbone.PositionedEventView;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code audit_trail}, which refuses every change of what it has. */
@Repository
class AuditRepository {
    private final JdbcClient jdbc;

    AuditRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One statement for all of them. */
    void appendEventsUnlessThere(List<PositionedEvent> events) {
        jdbc.sql("""
                insert into audit_trail (position, event_id, event_type, user_id, happened_at, envelope)
                select position, event_id, event_type, user_id, happened_at, envelope::json
                from unnest(?::bigint[], ?::uuid[], ?::text[], ?::uuid[], ?::timestamptz[], ?::text[])
                    as event (position, event_id, event_type, user_id, happened_at, envelope)
                on conflict (event_id) do nothing""")
                .param(events.stream().map(PositionedEvent::position).toArray(Long[]::new))
                .param(events.stream().map(event -> event.event().eventId()).toArray(UUID[]::new))
                .param(events.stream().map(event -> event.event().eventType()).toArray(String[]::new))
                .param(events.stream().map(event -> event.event().userId()).toArray(UUID[]::new))
                .param(events.stream().map(event -> event.event().timestamp().toString()).toArray(String[]::new))
                .param(events.stream().map(PositionedEvent::json).toArray(String[]::new))
                .update();
    }

    /** In the order of the log. */
    List<PositionedEventView> readTrailInOrder(AuditFilter filter, int limit) {
        var where = new ArrayList<String>();
        var parameters = new ArrayList<Object>();
        where.add("position > ?");
        parameters.add(filter.after());
        filter.upTo().ifPresent(position -> {
            where.add("position <= ?");
            parameters.add(position);
        });
        filter.from().ifPresent(time -> {
            where.add("happened_at >= ?");
            parameters.add(atUtc(time));
        });
        filter.to().ifPresent(time -> {
            where.add("happened_at < ?");
            parameters.add(atUtc(time));
        });
        filter.user().ifPresent(user -> {
            where.add("user_id = ?");
            parameters.add(user);
        });
        if (!filter.types().isEmpty()) {
            where.add("event_type = any(?)");
            parameters.add(filter.types().toArray(String[]::new));
        }
        return jdbc.sql(
                "select position, envelope from audit_trail where " + String.join(" and ", where)
                        + " order by position limit " + limit)
                .params(parameters)
                .query((row, _) -> new PositionedEventView(row.getLong("position"), row.getString("envelope")))
                .list();
    }

    private static OffsetDateTime atUtc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
