package org.maraudersmap.server.presence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code presence_sessions}, a statement for any number of sockets. */
@Repository
class PresenceRepository {
    private final JdbcClient jdbc;

    PresenceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A socket that was there, and whose it was. */
    record RemovedSession(String socketId, UUID userId) {}

    /** Of a socket that is said to be on two nodes, the later connection counts. */
    void insertOrUpdateSessionsOfNode(String nodeId, Collection<PresenceSession> sessions) {
        jdbc.sql("""
                insert into presence_sessions as p
                    (socket_id, user_id, connected_at, last_seen, current_room, node_id)
                select s.socket_id, s.user_id, s.connected_at, s.last_seen, s.room, ?
                from unnest(?::text[], ?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::text[])
                    as s(socket_id, user_id, connected_at, last_seen, room)
                where exists (select from users u where u.id = s.user_id)
                on conflict (socket_id) do update set
                    user_id = excluded.user_id, connected_at = excluded.connected_at,
                    last_seen = greatest(p.last_seen, excluded.last_seen), current_room = excluded.current_room,
                    node_id = excluded.node_id
                where p.connected_at <= excluded.connected_at""")
                .param(nodeId)
                .param(textsOf(sessions, PresenceSession::socketId))
                .param(textsOf(sessions, session -> session.userId().toString()))
                .param(textsOf(sessions, session -> session.connectedAt().toString()))
                .param(textsOf(sessions, session -> session.lastSeen().toString()))
                .param(textsOf(sessions, session -> session.room().orElse(null)))
                .update();
    }

    /** Not those that another node has now. */
    void deleteSessionsOfNode(String nodeId, Collection<String> socketIds) {
        jdbc.sql("delete from presence_sessions where socket_id = any(?::text[]) and node_id = ?")
                .param(socketIds.toArray(String[]::new))
                .param(nodeId)
                .update();
    }

    /** Those of the sockets that no other node has now. */
    Set<String> findSocketsOfNodeAmong(String nodeId, Collection<String> socketIds) {
        return jdbc.sql("select socket_id from presence_sessions where socket_id = any(?::text[]) and node_id = ?")
                .param(socketIds.toArray(String[]::new))
                .param(nodeId)
                .query((row, _) -> row.getString(1))
                .set();
    }

    /** Some of the sockets of nodes that are no more, for as long as there are any. */
    List<RemovedSession> deleteSomeSessionsOfNodes(Collection<String> nodeIds, int most) {
        return jdbc.sql("""
                delete from presence_sessions where socket_id in (
                    select socket_id from presence_sessions where node_id = any(?::text[])
                    order by socket_id limit ? for update skip locked)
                returning socket_id, user_id""")
                .param(nodeIds.toArray(String[]::new))
                .param(most)
                .query((row, _) -> new RemovedSession(row.getString(1), row.getObject(2, UUID.class)))
                .list();
    }

    /** Those of the sockets that are on this node, as far as the database knows. */
    Set<String> noteSignsOfLifeOnNode(String nodeId, Map<String, Instant> signs) {
        var sockets = signs.entrySet();
        return jdbc.sql("""
                update presence_sessions p set last_seen = s.last_seen
                from unnest(?::text[], ?::timestamptz[]) as s(socket_id, last_seen)
                where p.socket_id = s.socket_id and p.node_id = ? returning p.socket_id""")
                .param(textsOf(sockets, Map.Entry::getKey))
                .param(textsOf(sockets, sign -> sign.getValue().toString()))
                .param(nodeId)
                .query((row, _) -> row.getString(1))
                .set();
    }

    /** The rooms that each of these users is in; a user without a socket is missing. */
    Map<UUID, Set<String>> findRoomsOfUsers(Collection<UUID> userIds) {
        var rooms = new HashMap<UUID, Set<String>>();
        jdbc.sql("select user_id, current_room from presence_sessions where user_id = any(?::uuid[])")
                .param(textsOf(userIds, UUID::toString))
                .query((ResultSet row) -> addRoom(rooms, row));
        return rooms;
    }

    /** The same of everybody. */
    Map<UUID, Set<String>> findRoomsOfEverybody() {
        var rooms = new HashMap<UUID, Set<String>>();
        jdbc.sql("select user_id, current_room from presence_sessions").query((ResultSet row) -> addRoom(rooms, row));
        return rooms;
    }

    private static void addRoom(Map<UUID, Set<String>> rooms, ResultSet row) throws SQLException {
        var ofUser = rooms.computeIfAbsent(row.getObject(1, UUID.class), _ -> new HashSet<>());
        Optional.ofNullable(row.getString(2)).ifPresent(ofUser::add);
    }

    List<UUID> findUsersWhoAreOnline() {
        return jdbc.sql("select distinct user_id from presence_sessions")
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    List<UUID> findUsersWhoAreInRoom(String room) {
        return jdbc.sql("select distinct user_id from presence_sessions where current_room = ?")
                .param(room)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** By incident, in the order of their ids. */
    SortedMap<Long, Set<UUID>> findViewersOfAllIncidents() {
        var viewers = new TreeMap<Long, Set<UUID>>();
        jdbc.sql("select distinct current_room, user_id from presence_sessions where current_room is not null")
                .query((ResultSet row) -> {
                    var user = row.getObject(2, UUID.class);
                    PresenceRooms.incidentOfRoom(row.getString(1))
                            .ifPresent(id -> viewers.computeIfAbsent(id, _ -> new HashSet<>()).add(user));
                });
        return viewers;
    }

    List<PresenceSession> findSessionsOfUser(UUID userId) {
        return jdbc.sql("""
                select socket_id, user_id, connected_at, last_seen, current_room from presence_sessions
                where user_id = ? order by connected_at, socket_id""")
                .param(userId)
                .query((row, _) -> new PresenceSession(
                        row.getString(1),
                        row.getObject(2, UUID.class),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getString(5))))
                .list();
    }

    /** One parameter for a column of many rows, as texts, which the statement casts. */
    private static <T> @Nullable String[] textsOf(Collection<T> rows, Function<T, @Nullable String> column) {
        var texts = new @Nullable String[rows.size()];
        var next = 0;
        for (var row : rows) {
            texts[next++] = column.apply(row);
        }
        return texts;
    }
}
