package org.maraudersmap.server.realtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.realtime.SocketSessionRepository.Saved;
import org.maraudersmap.server.realtime.SocketSessionRepository.SignOfLife;
import org.maraudersmap.server.support.TestDatabase;
import org.maraudersmap.socketio.Offset;
import org.maraudersmap.socketio.Recovery.Session;
import tools.jackson.databind.json.JsonMapper;

/** Two nodes that share the table. */
class SocketSessionRepositoryTest {
    private static final Instant SEEN = Instant.parse("2026-01-01T10:00:00.123Z");

    private final TestDatabase database = new TestDatabase();
    private final SocketSessionRepository one = node("one");
    private final SocketSessionRepository two = node("two");

    @AfterEach
    void stop() {
        database.close();
    }

    private SocketSessionRepository node(String name) {
        return new SocketSessionRepository(database.jdbc(), new JsonMapper(), () -> name);
    }

    private static Session session(String pid, long generation, String... rooms) {
        var since = new HashMap<String, Offset>();
        List.of(rooms).forEach(room -> since.put(room, Offset.of("epoch", 7, 1)));
        return new Session(pid, generation, "/", "id-of-" + pid, Optional.empty(), Offset.of("epoch", 5), since, SEEN);
    }

    private static Saved save(SocketSessionRepository node, Session session) {
        return requireNonNull(node.saveSessionsOfSockets(List.of(session)).get(session.pid()));
    }

    private Optional<Session> find(String pid) {
        return requireNonNull(two.findSessionsOfPids(List.of(pid)).get(pid));
    }

    @Test
    void should_find_on_another_node_what_was_saved() {
        var sessions = List.of(session("a", 0, "incident:1", "feed"), session("b", 3));
        assertThat(one.saveSessionsOfSockets(sessions)).isEqualTo(Map.of("a", Saved.DONE, "b", Saved.DONE));
        assertThat(two.findSessionsOfPids(List.of("a", "b", "c"))).isEqualTo(
                Map.of("a", Optional.of(sessions.get(0)), "b", Optional.of(sessions.get(1)), "c", Optional.empty()));
    }

    @Test
    void should_let_the_newer_connection_have_the_session() {
        save(one, session("a", 0, "old"));
        assertThat(save(two, session("a", 1, "new"))).isEqualTo(Saved.TAKEN_OVER);
        assertThat(save(one, session("a", 0, "late"))).isEqualTo(Saved.REFUSED);
        assertThat(save(two, session("a", 1, "newer"))).isEqualTo(Saved.DONE);
        assertThat(find("a").orElseThrow().rooms()).containsOnlyKeys("newer");
    }

    @Test
    void should_let_one_of_two_nodes_recover_a_session_at_the_same_time() {
        save(one, session("a", 0));
        assertThat(save(two, session("a", 1, "two"))).isEqualTo(Saved.TAKEN_OVER);
        assertThat(save(one, session("a", 1, "one"))).isEqualTo(Saved.REFUSED);
        assertThat(find("a").orElseThrow().rooms()).containsOnlyKeys("two");
    }

    @Test
    void should_forget_a_session_unless_a_newer_connection_has_it() {
        save(one, session("a", 0));
        save(two, session("a", 1));
        one.removeSessionUpToGeneration("a", 0);
        assertThat(find("a")).isPresent();
        two.removeSessionUpToGeneration("a", 1);
        assertThat(find("a")).isEmpty();
    }

    @Test
    void should_note_signs_of_life_of_own_sockets_that_are_newer() {
        save(one, session("a", 0));
        save(two, session("b", 0));
        one.noteSignsOfLife(
                List.of(new SignOfLife("id-of-a", SEEN.plusSeconds(9)), new SignOfLife("id-of-b", SEEN.plusSeconds(9)),
                        new SignOfLife("unknown", SEEN)));
        assertThat(find("a").orElseThrow().lastSeen()).isEqualTo(SEEN.plusSeconds(9));
        assertThat(find("b").orElseThrow().lastSeen()).isEqualTo(SEEN);
        one.noteSignsOfLife(List.of(new SignOfLife("id-of-a", SEEN.plusSeconds(8))));
        assertThat(find("a").orElseThrow().lastSeen()).isEqualTo(SEEN.plusSeconds(9));
    }

    @Test
    void should_remove_what_has_not_been_seen_for_long() {
        save(one, session("a", 0));
        save(one, session("b", 0));
        one.noteSignsOfLife(List.of(new SignOfLife("id-of-b", SEEN.plusSeconds(9))));
        assertThat(one.removeSessionsNotSeenSince(SEEN.plusSeconds(5))).isEqualTo(1);
        assertThat(find("a")).isEmpty();
        assertThat(find("b")).isPresent();
    }
}
