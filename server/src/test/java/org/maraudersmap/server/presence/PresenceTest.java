package org.maraudersmap.server.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.OwnProductTest;
import org.maraudersmap.server.support.SocketClient;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** It has a product of its own because it takes long. */
@OwnProductTest
@TestPropertySource(properties = "NODE_ID=presence")
class PresenceTest {
    private final Api api;
    private final JdbcClient jdbc;

    PresenceTest(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
    }

    private long report(Api.Session reporter) {
        return api.post("/api/incidents", reporter.accessToken(), Map.of("title", "Peeves")).body().path("id").asLong();
    }

    private static Map<String, String> room(long incident) {
        return Map.of("room", "incident:" + incident);
    }

    private static boolean isOf(JsonNode payload, UUID userId) {
        return payload.path("userId").asString().equals(userId.toString()) && !payload.has("room");
    }

    private static boolean isOf(JsonNode payload, UUID userId, long incident) {
        return payload.path("userId").asString().equals(userId.toString())
                && payload.path("room").asString("").equals("incident:" + incident);
    }

    private static long countOf(SocketClient client, String event, UUID userId) {
        return client.heard(event).stream().filter(message -> isOf(message.payload(), userId)).count();
    }

    private long rowsOf(UUID userId) {
        return jdbc.sql("select count(*) from presence_sessions where user_id = ?")
                .param(userId)
                .query(Long.class)
                .single();
    }

    private boolean isOnline(Api.Session watcher, UUID userId) {
        var users = api.get("/api/presence/online", watcher.accessToken()).body().path("users");
        return StreamSupport.stream(users.spliterator(), false)
                .anyMatch(user -> user.path("id").asString().equals(userId.toString()));
    }

    @Test
    void should_tell_others_of_a_user_once_however_many_tabs_he_has() {
        var watcher = api.registerStudent();
        var user = api.registerStudent();
        var fence = api.registerStudent();
        try (var watching = SocketClient.connectAs(api, watcher)) {
            try (var firstTab = SocketClient.connectAs(api, user)) {
                var join = watching.await("presence:join", payload -> isOf(payload, user.userId()));
                assertThat(join.payload().path("user").path("email").asString()).isEqualTo(user.email());
                assertThat(join.offset()).isEmpty();
                try (var _ = SocketClient.connectAs(api, user)) {
                    await().until(() -> rowsOf(user.userId()) == 2);
                }
                await().until(() -> rowsOf(user.userId()) == 1);
                assertThat(isOnline(watcher, user.userId())).isTrue();
                assertThat(countOf(firstTab, "presence:join", user.userId())).isZero();
            }
            watching.await("presence:leave", payload -> isOf(payload, user.userId()));
            try (var _ = SocketClient.connectAs(api, fence)) {
                watching.await("presence:join", payload -> isOf(payload, fence.userId()));
            }
            assertThat(countOf(watching, "presence:join", user.userId())).isEqualTo(1);
            assertThat(countOf(watching, "presence:leave", user.userId())).isEqualTo(1);
            assertThat(isOnline(watcher, user.userId())).isFalse();
        }
    }

    @Test
    void should_tell_those_in_a_room_who_views_it() {
        var host = api.registerStudent();
        var guest = api.registerStudent();
        var incident = report(host);
        try (var inside = SocketClient.connectAs(api, host);
                var outside = SocketClient.connectAs(api, api.registerStudent());
                var visitor = SocketClient.connectAs(api, guest);
                var otherTab = SocketClient.connectAs(api, guest)) {
            inside.ask("room:join", room(incident));

            var answer = visitor.ask("room:join", room(incident));
            assertThat(answer.path("count").asInt()).isEqualTo(2);
            assertThat(otherTab.ask("room:join", room(incident)).path("users")).hasSize(2);
            inside.await("presence:join", payload -> isOf(payload, guest.userId(), incident));
            assertThat(api.get("/api/presence/incident/" + incident, host.accessToken()).body().path("count").asInt())
                    .isEqualTo(2);

            visitor.ask("room:leave", room(incident));
            assertThat(visitor.await("room:left").payload().path("count").asInt()).isEqualTo(2);
            otherTab.ask("room:leave", room(incident));
            inside.await("presence:leave", payload -> isOf(payload, guest.userId(), incident));
            assertThat(inside.heard("presence:join").stream()
                    .filter(message -> isOf(message.payload(), guest.userId(), incident))).hasSize(1);
            assertThat(outside.heard().stream().filter(message -> message.payload().has("room"))).isEmpty();
        }
    }

    @Test
    void should_list_all_incidents_that_are_viewed() {
        var host = api.registerStudent();
        var guest = api.registerStudent();
        var incident = report(host);
        var ignored = report(host);
        try (var tab = SocketClient.connectAs(api, host);
                var otherTab = SocketClient.connectAs(api, host);
                var visitor = SocketClient.connectAs(api, guest)) {
            tab.ask("room:join", room(incident));
            otherTab.ask("room:join", room(incident));
            visitor.ask("room:join", room(incident));
            assertThat(viewersAmongAll(incident)).containsExactlyInAnyOrder(
                    host.userId().toString(), guest.userId().toString());
            assertThat(viewersAmongAll(ignored)).isEmpty();

            visitor.ask("room:leave", room(incident));
            assertThat(viewersAmongAll(incident)).containsExactly(host.userId().toString());
        }
    }

    private List<String> viewersAmongAll(long incident) {
        var answer = api.get("/api/presence/incidents", api.registerStudent().accessToken());
        assertThat(answer.header("Log-Position")).isPresent();
        return answer.body()
                .path("incidents")
                .valueStream()
                .filter(viewed -> viewed.path("incidentId").asLong() == incident)
                .flatMap(viewed -> viewed.path("users").valueStream())
                .map(user -> user.path("id").asString())
                .toList();
    }

    @Test
    void should_count_who_is_online_by_role() {
        try (var auror = SocketClient.connectAs(api, api.login("alastor.moody@hogwarts.edu", "mischief-managed"))) {
            var counts = auror.await("presence:counts", payload -> payload.path("byRole").path("AUROR").asInt() == 1);
            assertThat(counts.offset()).isEmpty();
            assertThat(counts.payload().path("stale").isBoolean()).isTrue();
            var session = api.registerStudent();
            var before = api.get("/api/presence/online/by-role", session.accessToken()).body();
            try (var _ = SocketClient.connectAs(api, session)) {
                auror.await(
                        "presence:counts",
                        payload -> payload.path("total").asInt() == before.path("total").asInt() + 1);
                api.send(
                        "PUT",
                        "/api/users/" + session.userId() + "/role",
                        api.loginAdmin().accessToken(),
                        Map.of("role", "PREFECT"));
                auror.await(
                        "presence:counts",
                        payload -> payload.path("byRole").path("PREFECT").asInt() == before.path("byRole")
                                .path("PREFECT")
                                .asInt() + 1);
            }
        }
    }

    @Test
    void should_show_a_user_his_own_sockets() {
        var user = api.registerStudent();
        var incident = report(user);
        try (var client = SocketClient.connectAs(api, user)) {
            client.ask("room:join", room(incident));

            var own = api.get("/api/presence/current-user", user.accessToken());

            assertThat(own.header("Log-Position")).isPresent();
            assertThat(own.body().path("count").asInt()).isEqualTo(1);
            var session = own.body().path("sessions").path(0);
            assertThat(session.path("socketId").asString())
                    .isEqualTo(client.await("connection:acknowledged").payload().path("socketId").asString());
            assertThat(session.path("currentRoom").asString()).isEqualTo("incident:" + incident);
        }
    }

    @Test
    void should_record_what_happened_for_the_audit() {
        var user = api.registerStudent();
        var incident = report(user);
        try (var client = SocketClient.connectAs(api, user)) {
            client.ask("room:join", room(incident));
            client.ask("room:leave", room(incident));
        }
        await().untilAsserted(() -> assertThat(
                jdbc.sql(
                        "select event_type from event_log where topic = 'presence-events' and key = ? order by position")
                        .param(user.userId().toString())
                        .query(String.class)
                        .list())
                .containsExactly(
                        "presence.connected", "presence.room_joined", "presence.room_left", "presence.disconnected"));
    }

    @Test
    void should_not_know_viewers_of_an_incident_that_does_not_exist() {
        var token = api.registerStudent().accessToken();
        assertThat(api.get("/api/presence/incident/999999999", token).code()).isEqualTo("NOT_FOUND");
        assertThat(api.get("/api/presence/incident/-1", token).code()).isEqualTo("NOT_FOUND");
        assertThat(api.get("/api/presence/incident/everywhere", token).code()).isEqualTo("INVALID_PARAMETER");
    }
}
