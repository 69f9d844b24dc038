package org.maraudersmap.server.backbone;

import java.util.List;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.PositionedEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What has happened to one thing: the events of a key. Read from PostgreSQL, whatever the log's backend; consumers read
 * the log itself, in its one order.
 */
@Component
public class EventHistory {
    private final JdbcClient jdbc;
    private final EventJson json = new EventJson();

    EventHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The events of a key that follow {@code position}, in the order of the log, at most {@code limit} of them. */
    public List<PositionedEventView> readEventsOfKey(String topic, String key, long position, int limit) {
        return jdbc.sql("""
                select position, envelope from event_log
                where key = ? and topic = ? and position > ? order by position limit ?""")
                .param(key)
                .param(topic)
                .param(position)
                .param(limit)
                .query((row, _) -> new PositionedEventView(row.getLong("position"), row.getString("envelope")))
                .list();
    }

    /** The events of the same key and of a type that have followed {@code event} so far, in the order of the log. */
    public List<EventEnvelope> readEventsThatFollowed(PositionedEvent event, String type) {
        return jdbc.sql("""
                select envelope from event_log
                where key = ? and topic = ? and position > ? and event_type = ? order by position""")
                .param(event.key())
                .param(event.topic())
                .param(event.position())
                .param(type)
                .query((row, _) -> json.read(row.getString("envelope")))
                .list();
    }
}
