package org.maraudersmap.server.support;

import java.util.List;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.EventJson;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The events of a topic that have been recorded, whether the sequencer has moved them already or not. */
public final class RecordedEvents {
    private final JdbcClient jdbc;
    private final String topic;
    private final EventJson json = new EventJson();

    /** Those of a topic. */
    public RecordedEvents(JdbcClient jdbc, String topic) {
        this.jdbc = jdbc;
        this.topic = topic;
    }

    /** In their order. */
    public List<EventEnvelope> ofKey(String key) {
        return jdbc.sql("""
                select envelope::text as envelope from (
                    select 2 as part, id as number, envelope from outbox where key = :key and topic = :topic
                    union all
                    select 1, position, envelope from event_log where key = :key and topic = :topic) as recorded
                order by part, number
                """).param("key", key).param("topic", topic).query((row, _) -> json.read(row.getString("envelope")))
                .list();
    }

    /** Their types. */
    public List<String> typesOfKey(String key) {
        return ofKey(key).stream().map(EventEnvelope::eventType).toList();
    }

    /** The newest one. */
    public EventEnvelope last(String key) {
        return ofKey(key).getLast();
    }
}
