package org.maraudersmap.server.realtime;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.node.Node;
import org.maraudersmap.socketio.Offset;
import org.maraudersmap.socketio.Recovery.Session;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Sockets as they are remembered, in the table {@code socket_sessions}. */
@Repository
class SocketSessionRepository {
    private static final TypeReference<Map<String, String>> ROOMS = new TypeReference<>() {
    };

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Node node;

    SocketSessionRepository(JdbcClient jdbc, JsonMapper json, Node node) {
        this.jdbc = jdbc;
        this.json = json;
        this.node = node;
    }

    /** What became of a save. */
    enum Saved {
        DONE,
        /** Done; another node has had the session until now. */
        TAKEN_OVER,
        /** Not done: a newer connection has the session, or one on another node that was faster. */
        REFUSED
    }

    /** Saves sessions in one statement, none with the pid of another one: what became of each, by pid. */
    Map<String, Saved> saveSessionsOfSockets(List<Session> sessions) {
        var outcomes = new HashMap<String, Saved>();
        sessions.forEach(session -> outcomes.put(session.pid(), Saved.REFUSED));
        jdbc.sql("""
                insert into socket_sessions as kept
                    (pid, generation, namespace, socket_id, user_id, start_offset, rooms, last_seen, node_id)
                select pid, generation, namespace, socket_id, user_id, start_offset, rooms, last_seen, ?
                from unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::json[],
                            ?::timestamptz[])
                    as given (pid, generation, namespace, socket_id, user_id, start_offset, rooms, last_seen)
                order by pid
                on conflict (pid) do update set
                    generation = excluded.generation, namespace = excluded.namespace, socket_id = excluded.socket_id,
                    user_id = excluded.user_id, start_offset = excluded.start_offset, rooms = excluded.rooms,
                    last_seen = excluded.last_seen, node_id = excluded.node_id
                where kept.generation < excluded.generation
                    or (kept.generation = excluded.generation and kept.node_id = excluded.node_id)
                returning new.pid, old.node_id <> new.node_id as taken_over""")
                .param(node.id())
                .param(eachOf(sessions, Session::pid))
                .param(eachOf(sessions, Session::generation))
                .param(eachOf(sessions, Session::namespace))
                .param(eachOf(sessions, Session::socketId))
                .param(eachOf(sessions, session -> session.user().orElse(null)))
                .param(eachOf(sessions, session -> session.start().toString()))
                .param(eachOf(sessions, session -> roomsAsJson(session.rooms())))
                .param(eachOf(sessions, session -> session.lastSeen().toString()))
                .query(row -> {
                    outcomes.put(
                            row.getString("pid"),
                            row.getBoolean("taken_over") ? Saved.TAKEN_OVER : Saved.DONE);
                });
        return outcomes;
    }

    private static String[] eachOf(List<Session> sessions, Function<Session, @Nullable Object> value) {
        return sessions.stream()
                .map(value)
                .map(each -> each == null ? null : each.toString())
                .toArray(String[]::new);
    }

    private String roomsAsJson(Map<String, Offset> rooms) {
        var texts = new HashMap<String, String>();
        rooms.forEach((room, since) -> texts.put(room, since.toString()));
        return json.writeValueAsString(texts);
    }

    /** The sessions of these pids, by pid; for one that is not known, nothing. */
    Map<String, Optional<Session>> findSessionsOfPids(List<String> pids) {
        var found = new HashMap<String, Optional<Session>>();
        pids.forEach(pid -> found.put(pid, Optional.empty()));
        jdbc.sql("select * from socket_sessions where pid = any(?)")
                .param(pids.toArray(String[]::new))
                .query((row, _) -> toSession(row))
                .list()
                .forEach(session -> found.put(session.pid(), Optional.of(session)));
        return found;
    }

    private Session toSession(ResultSet row) throws SQLException {
        var rooms = new HashMap<String, Offset>();
        json.readValue(row.getString("rooms"), ROOMS).forEach((room, since) -> rooms.put(room, toOffset(since)));
        return new Session(
                row.getString("pid"),
                row.getLong("generation"),
                row.getString("namespace"),
                row.getString("socket_id"),
                Optional.ofNullable(row.getString("user_id")),
                toOffset(row.getString("start_offset")),
                rooms,
                row.getTimestamp("last_seen").toInstant());
    }

    private static Offset toOffset(String text) {
        return Offset.parse(text).orElseThrow(() -> new IllegalStateException("No offset: " + text));
    }

    /** Forgets a session, unless a newer connection has it. */
    void removeSessionUpToGeneration(String pid, long generation) {
        jdbc.sql("delete from socket_sessions where pid = ? and generation <= ?")
                .param(pid)
                .param(generation)
                .update();
    }

    /** A sign of life of a socket on this node. */
    record SignOfLife(String socketId, Instant at) {}

    /** Notes signs of life of sockets that this node has; a session that is being saved gets its own with that. */
    void noteSignsOfLife(Collection<SignOfLife> signs) {
        var socketIds = signs.stream().map(SignOfLife::socketId).toArray(String[]::new);
        jdbc.sql("""
                with mine as (
                    select pid, socket_id from socket_sessions where socket_id = any(?::text[]) and node_id = ?
                    for no key update skip locked)
                update socket_sessions kept set last_seen = given.at
                from mine join unnest(?::text[], ?::timestamptz[]) as given (socket_id, at) using (socket_id)
                where kept.pid = mine.pid and kept.last_seen < given.at""")
                .param(socketIds)
                .param(node.id())
                .param(socketIds)
                .param(signs.stream().map(sign -> sign.at().toString()).toArray(String[]::new))
                .update();
    }

    /** Forgets sessions of which there was no sign of life since. */
    int removeSessionsNotSeenSince(Instant oldest) {
        return jdbc.sql("""
                delete from socket_sessions where pid in (
                    select pid from socket_sessions where last_seen < ? for update skip locked)""")
                .param(Timestamp.from(oldest))
                .update();
    }
}
