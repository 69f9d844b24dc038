package org.maraudersmap.server.backbone;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.maraudersmap.eventlog.TopicEnd;

/** What the broker has acknowledged, in the tables of the relay, through the connection that holds its lock. */
final class RelayPositions {
    private static final String FIND_POSITION = "select position from relay_position where epoch = ?";
    private static final String FIND_ENDS = "select topic, position, event_id from relay_topic_ends where epoch = ?";
    private static final String SAVE = """
            with saved as (
                insert into relay_position (epoch, position) values (?, ?)
                on conflict (singleton) do update
                set epoch = excluded.epoch, position = excluded.position, updated_at = now()
            )
            insert into relay_topic_ends (epoch, topic, position, event_id)
            select ?, ends.* from unnest(?::text[], ?::bigint[], ?::uuid[]) as ends
            on conflict (topic) do update
            set epoch = excluded.epoch, position = excluded.position, event_id = excluded.event_id""";

    /** 0 in a life of the log of which nothing has been forwarded. */
    long findPosition(Connection connection, String epoch) throws SQLException {
        try (var statement = connection.prepareStatement(FIND_POSITION)) {
            statement.setString(1, epoch);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    Map<String, TopicEnd> findEndsOfTopics(Connection connection, String epoch) throws SQLException {
        var ends = new HashMap<String, TopicEnd>();
        try (var statement = connection.prepareStatement(FIND_ENDS)) {
            statement.setString(1, epoch);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    ends.put(rows.getString(1), new TopicEnd(rows.getLong(2), rows.getObject(3, UUID.class)));
                }
            }
        }
        return ends;
    }

    void save(Connection connection, String epoch, long position, Map<String, TopicEnd> ends) throws SQLException {
        var topics = List.copyOf(ends.entrySet());
        try (var statement = connection.prepareStatement(SAVE)) {
            statement.setString(1, epoch);
            statement.setLong(2, position);
            statement.setString(3, epoch);
            statement.setArray(4, connection.createArrayOf("text", topics.stream().map(Map.Entry::getKey).toArray()));
            statement.setArray(
                    5,
                    connection.createArrayOf("bigint",
                            topics.stream().map(end -> end.getValue().position()).toArray()));
            statement.setArray(
                    6,
                    connection.createArrayOf("uuid", topics.stream().map(end -> end.getValue().eventId()).toArray()));
            statement.executeUpdate();
        }
    }
}
