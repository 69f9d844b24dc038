package org.maraudersmap.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.maraudersmap.server.support.SocketClient;
import tools.jackson.databind.JsonNode;

@ProductTest
class IncidentsOnSocketsTest {
    private final Api api;

    IncidentsOnSocketsTest(Api api) {
        this.api = api;
    }

    private long report(Api.Session reporter, String title) {
        return api.post("/api/incidents", reporter.accessToken(), Map.of("title", title)).body().path("id").asLong();
    }

    private static boolean isOf(JsonNode payload, long incident) {
        return payload.path("incident").path("id").asLong() == incident;
    }

    @Test
    void should_broadcast_incident_created_to_all_clients() {
        var reporter = api.registerStudent();
        try (var own = SocketClient.connectAs(api, reporter);
                var other = SocketClient.connectAs(api, api.registerStudent())) {
            var incident = report(reporter, "Troll in the dungeon");

            for (var client : new SocketClient[]{own, other}) {
                var created = client.await("incident:created", payload -> isOf(payload, incident));
                assertThat(created.payload().path("incident").path("title").asString())
                        .isEqualTo("Troll in the dungeon");
                assertThat(created.payload().path("createdBy").path("email").asString()).isEqualTo(reporter.email());
                assertThat(created.offset()).matches(".+:\\d+\\.0");
            }
        }
    }

    @Test
    void should_broadcast_incident_updated_to_room_members_only() {
        var reporter = api.registerStudent();
        var incident = report(reporter, "Fireworks");
        var elsewhere = report(reporter, "Elsewhere");
        try (var member = SocketClient.connectAs(api, reporter);
                var outsider = SocketClient.connectAs(api, api.registerStudent())) {
            assertThat(member.ask("room:join", Map.of("room", "incident:" + incident)).path("count").asInt())
                    .isEqualTo(1);
            outsider.ask("room:join", Map.of("room", "incident:" + elsewhere));

            api.send("PUT", "/api/incidents/" + incident, reporter.accessToken(), Map.of("severity", "SERIOUS"));

            var updated = member.await("incident:updated").payload();
            assertThat(updated.path("incidentId").asString()).isEqualTo(String.valueOf(incident));
            assertThat(updated.path("changes").path("severity").asString()).isEqualTo("SERIOUS");
            assertThat(updated.path("previous").path("severity").asString()).isEqualTo("MISCHIEF");
            assertThat(updated.path("updatedBy").path("email").asString()).isEqualTo(reporter.email());
            var later = report(reporter, "Later");
            outsider.await("incident:created", payload -> isOf(payload, later));
            assertThat(outsider.heard("incident:updated")).isEmpty();
        }
    }

    @Test
    void should_broadcast_incident_resolved_to_all_clients() {
        var reporter = api.registerStudent();
        var incident = report(reporter, "Boggart");
        try (var client = SocketClient.connectAs(api, api.registerStudent())) {
            api.send("DELETE", "/api/incidents/" + incident, reporter.accessToken(), null);

            var resolved = client.await("incident:resolved", payload -> isOf(payload, incident)).payload();
            assertThat(resolved.path("incidentId").asString()).isEqualTo(String.valueOf(incident));
            assertThat(resolved.path("resolution").asString()).isEqualTo("Incident resolved by Neville Longbottom");
        }
    }

    @Test
    void should_tell_changes_to_those_who_follow_the_feed_only() {
        var reporter = api.registerStudent();
        var incident = report(reporter, "Niffler");
        try (var follower = SocketClient.connectAs(api, api.registerStudent());
                var other = SocketClient.connectAs(api, api.registerStudent())) {
            assertThat(follower.ask("feed:subscribe", Map.of()).path("ok").asBoolean()).isTrue();

            api.send("PUT", "/api/incidents/" + incident, reporter.accessToken(), Map.of("location", "AZKABAN"));

            var changed = follower.await("incident:changed", payload -> isOf(payload, incident)).payload();
            assertThat(changed.path("changes").path("location").asString()).isEqualTo("AZKABAN");
            follower.ask("feed:unsubscribe", Map.of());
            api.send("PUT", "/api/incidents/" + incident, reporter.accessToken(), Map.of("location", "MINISTRY"));
            var later = report(reporter, "Later");
            follower.await("incident:created", payload -> isOf(payload, later));
            other.await("incident:created", payload -> isOf(payload, later));
            assertThat(follower.heard("incident:changed")).hasSize(1);
            assertThat(other.heard("incident:changed")).isEmpty();
        }
    }

    @Test
    void should_tell_aurors_of_what_is_urgent() {
        try (var auror = SocketClient.connectAs(api, api.login("alastor.moody@hogwarts.edu", "mischief-managed"));
                var student = SocketClient.connectAs(api, api.registerStudent())) {
            var reporter = api.registerStudent();
            var incident = api
                    .post("/api/incidents", reporter.accessToken(), Map.of("title", "Dragon", "severity", "CRITICAL"))
                    .body()
                    .path("id")
                    .asLong();
            auror.await("escalation:critical", payload -> isOf(payload, incident));
            student.await("incident:created", payload -> isOf(payload, incident));
            assertThat(student.heard("escalation:critical")).isEmpty();
        }
    }

    @Test
    void should_leave_the_former_room_when_joining_another() {
        var reporter = api.registerStudent();
        var first = report(reporter, "First");
        var second = report(reporter, "Second");
        try (var client = SocketClient.connectAs(api, reporter)) {
            client.ask("room:join", Map.of("room", "incident:" + first));
            client.ask("room:join", Map.of("room", "incident:" + second));
            assertThat(client.await("room:left").payload().path("room").asString()).isEqualTo("incident:" + first);

            api.send("PUT", "/api/incidents/" + first, reporter.accessToken(), Map.of("title", "First, edited"));
            api.send("PUT", "/api/incidents/" + second, reporter.accessToken(), Map.of("title", "Second, edited"));

            client.await("incident:updated", payload -> isOf(payload, second));
            assertThat(client.heard("incident:updated")).hasSize(1);
            client.ask("room:leave", Map.of("room", "incident:" + second));
            assertThat(client.heard("room:left")).hasSize(2);
        }
    }

    @Test
    void should_admit_clients_only_to_rooms_of_incidents_that_exist() {
        try (var client = SocketClient.connectAs(api, api.registerStudent())) {
            assertThat(client.ask("room:join", Map.of("room", "incident:999999999")).path("code").asString())
                    .isEqualTo("NOT_FOUND");
            for (var room : new String[]{"role:AUROR", "user:" + java.util.UUID.randomUUID(), "feed", "anything"}) {
                assertThat(client.ask("room:join", Map.of("room", room)).path("code").asString())
                        .isEqualTo("FORBIDDEN");
            }
        }
    }
}
