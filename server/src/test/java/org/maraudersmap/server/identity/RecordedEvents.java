package org.maraudersmap.server.identity;

import java.util.List;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.EventJson;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The events that commands have recorded, whether the sequencer has moved them already or not. */
final class RecordedEvents {
    private final JdbcClient jdbc;
    private final EventJson json = new EventJson();

    RecordedEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<EventEnvelope> ofKey(String key) {
        return jdbc.sql("""
                select envelope::text as envelope from (
                    select 2 as part, id as number, envelope from outbox where key = :key and topic = 'auth-events'
                    union all
                    select 1, position, envelope from event_log where key = :key and topic = 'auth-events') as recorded
                order by part, number
                """).param("key", key).query((row, _) -> json.read(row.getString("envelope"))).list();
    }

    List<String> typesOfKey(String key) {
        return ofKey(key).stream().map(EventEnvelope::eventType).toList();
    }

    EventEnvelope last(String key) {
        return ofKey(key).getLast();
    }
}
