package org.maraudersmap.server.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventRecorder;
import org.maraudersmap.server.identity.UserDirectory;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.ActorAuthenticator;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.maraudersmap.server.realtime.ConnectedClient;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.MovableClock;
import org.maraudersmap.server.support.ProductTest;
import org.maraudersmap.server.support.SocketClient;
import org.maraudersmap.socketio.DisconnectReason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** A second node's presence in the same process, stepped by the test; the first one is the product. */
@ProductTest
class OtherNodesPresenceTest {
    private final OtherNode other = new OtherNode();
    private final Api api;
    private final ActorAuthenticator authenticator;
    private final PresenceRepository repository;
    private final JdbcClient jdbc;
    private final String nodeId = "other-" + UUID.randomUUID();
    private final PresenceService otherNode;
    private final MovableClock clock = new MovableClock();
    private volatile boolean isDatabaseAway;

    OtherNodesPresenceTest(
            Api api,
            ActorAuthenticator authenticator,
            PresenceRepository repository,
            UserDirectory users,
            EventRecorder recorder,
            TransactionTemplate transactions,
            ClusterSignals signals,
            DataSource database,
            JdbcClient jdbc) {
        this.api = api;
        this.authenticator = authenticator;
        this.repository = repository;
        this.jdbc = jdbc;
        this.otherNode = new PresenceService(
                repositoryOf(database), users, recorder, transactions, signals, other.clients(), clock, () -> nodeId);
        // In the future: it counts as living for as long as this test needs it.
        jdbc.sql("insert into nodes (node_id, last_seen) values (?, now() + interval '1 hour')").param(nodeId).update();
    }

    private PresenceRepository repositoryOf(DataSource database) {
        return new PresenceRepository(JdbcClient.create(new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                if (isDatabaseAway) {
                    throw new SQLException("planted");
                }
                return super.getConnection();
            }
        }));
    }

    private ConnectedClient clientOf(Api.Session session, String... rooms) {
        Actor actor = authenticator.authenticateActorWithToken(session.accessToken());
        return new ConnectedClient("socket-of-" + session.userId(), actor, Set.of(rooms));
    }

    private void step() {
        var _ = otherNode.takeNextPresenceStep(System.nanoTime());
    }

    private static boolean isOf(JsonNode payload, Api.Session session) {
        return payload.path("userId").asString().equals(session.userId().toString());
    }

    @AfterEach
    void closeOtherNode() {
        other.close();
    }

    @Test
    void should_tell_here_who_comes_and_goes_on_another_node() {
        var user = api.registerStudent();
        var watcher = api.registerStudent();
        var incident = api.post("/api/incidents", watcher.accessToken(), Map.of("title", "Owl")).body().path("id");
        var room = "incident:" + incident.asLong();
        try (var watching = SocketClient.connectAs(api, watcher)) {
            watching.ask("room:join", Map.of("room", room));

            var began = System.nanoTime();
            otherNode.onClientConnected(clientOf(user));
            step();
            watching.await("presence:join", payload -> isOf(payload, user) && !payload.has("room"));

            otherNode.onRoomEntered(clientOf(user, room), room);
            step();
            watching.await("presence:join", payload -> isOf(payload, user) && payload.has("room"));
            assertThat(watching.ask("room:join", Map.of("room", room)).path("count").asInt()).isEqualTo(2);
            assertThat(api.get("/api/presence/incident/" + incident.asLong(), watcher.accessToken())
                    .body()
                    .path("count")
                    .asInt()).isEqualTo(2);

            otherNode.onClientDisconnected(clientOf(user, room), DisconnectReason.TRANSPORT_CLOSE);
            step();
            watching.await("presence:leave", payload -> isOf(payload, user) && payload.has("room"));
            watching.await("presence:leave", payload -> isOf(payload, user) && !payload.has("room"));
            // Not because everybody is looked at now and then.
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void should_let_users_of_a_node_that_died_vanish() {
        var user = api.registerStudent();
        try (var watching = SocketClient.connectAs(api, api.registerStudent())) {
            otherNode.onClientConnected(clientOf(user));
            step();
            watching.await("presence:join", payload -> isOf(payload, user));

            jdbc.sql("update nodes set last_seen = now() - interval '10 seconds' where node_id = ?")
                    .param(nodeId)
                    .update();

            watching.await("presence:leave", payload -> isOf(payload, user));
            assertThat(repository.findSessionsOfUser(user.userId())).isEmpty();
            await().untilAsserted(() -> assertThat(
                    jdbc.sql("select envelope #>> '{data,reason}' from event_log"
                            + " where event_type = 'presence.disconnected' and key = ?")
                            .param(user.userId().toString())
                            .query(String.class)
                            .list())
                    .containsExactly("server lost"));
        }
    }

    @Test
    void should_keep_a_user_present_who_moves_from_one_node_to_another() {
        var user = api.registerStudent();
        try (var watching = SocketClient.connectAs(api, api.registerStudent())) {
            otherNode.onClientConnected(clientOf(user));
            step();
            watching.await("presence:join", payload -> isOf(payload, user));

            // The later connection has the row; the former one's end is no news.
            var moved = new PresenceSession(
                    "socket-of-" + user.userId(), user.userId(), Clock.systemUTC().instant().plusSeconds(1),
                    Clock.systemUTC().instant(), java.util.Optional.empty());
            jdbc.sql("insert into nodes (node_id, last_seen) values (?, now() + interval '1 hour')")
                    .param(nodeId + "-2")
                    .update();
            repository.insertOrUpdateSessionsOfNode(nodeId + "-2", java.util.List.of(moved));
            otherNode.onClientDisconnected(clientOf(user), DisconnectReason.TRANSPORT_CLOSE);
            step();

            var fence = api.registerStudent();
            otherNode.onClientConnected(clientOf(fence));
            step();
            watching.await("presence:join", payload -> isOf(payload, fence));
            assertThat(watching.heard("presence:leave")).noneMatch(message -> isOf(message.payload(), user));
            assertThat(repository.findSessionsOfUser(user.userId())).hasSize(1);
        }
    }

    @Test
    void should_write_again_what_another_node_removed_wrongly() {
        try (var client = SocketClient.connectAs(api, api.registerStudent())) {
            var socketId = client.await("connection:acknowledged").payload().path("socketId").asString();
            await().until(() -> count(socketId) == 1);

            jdbc.sql("delete from presence_sessions where socket_id = ?").param(socketId).update();

            // With the next signs of life.
            await().atMost(Duration.ofSeconds(15)).until(() -> {
                client.ask("heartbeat", Map.of());
                return count(socketId) == 1;
            });
        }
    }

    private long count(String socketId) {
        return jdbc.sql("select count(*) from presence_sessions where socket_id = ?")
                .param(socketId)
                .query(Long.class)
                .single();
    }

    @Test
    void should_end_a_socket_that_never_came_back_though_the_database_was_away_when_it_was_due() {
        var user = api.registerStudent();
        otherNode.onClientConnected(clientOf(user));
        step();
        otherNode.onClientDisconnected(clientOf(user), DisconnectReason.SUPERSEDED);
        clock.moveOnBy(Duration.ofMinutes(1));

        isDatabaseAway = true;
        assertThatThrownBy(otherNode::noteSignsOfLifeOfClients).hasRootCauseMessage("planted");
        isDatabaseAway = false;
        otherNode.noteSignsOfLifeOfClients();
        step();

        assertThat(repository.findSessionsOfUser(user.userId())).isEmpty();
    }
}
