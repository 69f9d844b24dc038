package org.maraudersmap.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.maraudersmap.server.support.RawSocketClient;
import org.maraudersmap.socketio.Recovery;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@ProductTest
class SocketSessionUpkeepTest {
    private final Api api;
    private final JdbcClient jdbc;
    private final SocketSessionUpkeep upkeep;
    private final SocketSessionRepository sessions;
    private final Recovery otherNode;

    SocketSessionUpkeepTest(
            Api api,
            JdbcClient jdbc,
            SocketSessionUpkeep upkeep,
            SocketSessionRepository sessions,
            EventLog log,
            EventAnnouncers announcers,
            ClusterSignals signals) {
        this.api = api;
        this.jdbc = jdbc;
        this.upkeep = upkeep;
        this.sessions = sessions;
        var sessionsOfOther = new SocketSessionRepository(jdbc, new JsonMapper(), () -> "other");
        this.otherNode = new LogRecovery(log, announcers, sessionsOfOther, signals, 100);
    }

    private RawSocketClient connect() {
        var client = RawSocketClient.connectAs(api, api.registerStudent());
        // Answered when the session is saved.
        client.ask("feed:subscribe", Map.of());
        return client;
    }

    private Optional<Recovery.Session> find(RawSocketClient client) {
        return sessions.findSessionsOfPids(List.of(client.pid())).getOrDefault(client.pid(), Optional.empty());
    }

    @Test
    void should_write_signs_of_life_now_and_then() {
        try (var client = connect()) {
            var connected = find(client).orElseThrow().lastSeen();
            jdbc.sql("update socket_sessions set last_seen = last_seen - interval '1 hour' where pid = ?")
                    .param(client.pid())
                    .update();
            client.ask("heartbeat", Map.of());
            upkeep.noteSignsOfLifeOfSockets();
            assertThat(find(client).orElseThrow().lastSeen()).isAfterOrEqualTo(connected);
        }
    }

    @Test
    void should_forget_sessions_that_nobody_can_recover_any_more() {
        var now = Instant.now();
        saveSessionOfOtherNode("old", now.minus(Duration.ofMinutes(11)));
        saveSessionOfOtherNode("young", now.minus(Duration.ofMinutes(9)));
        upkeep.forgetSessionsThatAreTooOld();
        assertThat(otherNode.find("/", "old")).isEmpty();
        assertThat(otherNode.find("/", "young")).isPresent();
    }

    private void saveSessionOfOtherNode(String pid, Instant lastSeen) {
        var session = new Recovery.Session(pid, 0, "/", pid, Optional.empty(), otherNode.head("/"), Map.of(), lastSeen);
        assertThat(otherNode.save(session)).isTrue();
    }

    @Test
    void should_drop_a_socket_whose_client_has_come_back_on_another_node() {
        try (var client = connect()) {
            var session = otherNode.find("/", client.pid()).orElseThrow();
            var next = new Recovery.Session(session.pid(), session.generation() + 1, session.namespace(),
                    session.socketId(), session.user(), session.start(), session.rooms(), session.lastSeen());
            assertThat(otherNode.save(next)).isTrue();
            client.awaitClose();
            await().untilAsserted(() -> assertThat(find(client).orElseThrow().generation()).isEqualTo(1));
        }
    }
}
