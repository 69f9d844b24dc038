package org.maraudersmap.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.realtime.RoomGuard;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How incidents fit into the rest: demo data, rooms, API description. */
@ProductTest
class IncidentsInTheProductTest {
    private final Api api;
    private final JdbcClient jdbc;
    private final IncidentsOnTheMap map;
    private final DemoIncidents demo;
    private final IncidentRooms rooms;

    IncidentsInTheProductTest(Api api, JdbcClient jdbc, DemoIncidents demo, IncidentRooms rooms) {
        this.api = api;
        this.jdbc = jdbc;
        this.map = new IncidentsOnTheMap(api, jdbc);
        this.demo = demo;
        this.rooms = rooms;
    }

    private long countOf(String title) {
        return jdbc.sql("select count(*) from incidents where title = ?").param(title).query(Long.class).single();
    }

    @Test
    void should_have_a_dozen_demo_incidents_with_their_events_once() {
        var mark = "Dark Mark above the forest";
        assertThat(countOf(mark)).isEqualTo(1);
        demo.afterPropertiesSet();
        assertThat(countOf(mark)).isEqualTo(1);

        var admin = api.loginAdmin().accessToken();
        var oldest = jdbc.sql("select id from incidents order by id limit 12").query(Long.class).list();
        assertThat(oldest).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        var incidents = oldest.stream().map(id -> api.get("/api/incidents/" + id, admin).body()).toList();
        assertThat(incidents).extracting(incident -> incident.path("status").asString())
                .contains("OPEN", "IN_PROGRESS", "RESOLVED", "ARCHIVED");
        assertThat(incidents).extracting(incident -> incident.path("severity").asString())
                .contains("MISCHIEF", "SUSPICIOUS", "SERIOUS", "DANGEROUS", "CRITICAL", "UNFORGIVABLE");
        assertThat(incidents).extracting(incident -> incident.path("location").asString())
                .contains("HOGWARTS", "HOGSMEADE", "KNOCKTURN_ALLEY", "FORBIDDEN_FOREST", "MINISTRY", "AZKABAN",
                        "DIAGON_ALLEY", "PLATFORM_9_3_4");
        assertThat(Set.copyOf(incidents.stream().map(incident -> incident.path("reported_by").asString()).toList()))
                .hasSizeGreaterThan(3);
        for (var incident : incidents) {
            var events = map.events(incident.path("id").asLong())
                    .stream()
                    .filter(event -> event.path("eventType").asString().startsWith("incident."))
                    .toList();
            assertThat(events).hasSize(incident.path("version").asInt());
            assertThat(events.getFirst().path("eventType").asString()).isEqualTo("incident.created");
            var last = events.getLast().path("data");
            assertThat(last.has("incident") ? last.path("incident") : last).isEqualTo(incident);
        }
    }

    @Test
    void should_admit_to_the_room_of_an_incident_that_exists_and_to_no_other() {
        RoomGuard guard = rooms;
        var student = People.with(Role.STUDENT);
        assertThat(guard.guardsRoomOfName("incident:1")).isTrue();
        assertThat(guard.guardsRoomOfName("user:1")).isFalse();
        assertThat(guard.guardsRoomOfName("feed")).isFalse();
        guard.admitActorToRoom(student, "incident:1");
        for (var room : List.of("incident:", "incident:0", "incident:01", "incident:-1", "incident:1 ", "incident:x",
                "incident:999999999999", "incident:99999999999999999999", "incident:१")) {
            assertThatThrownBy(() -> guard.admitActorToRoom(student, room)).as(room).isInstanceOf(Problem.class);
        }
    }

    @Test
    void should_describe_its_routes_as_they_are() {
        var description = api.send("GET", "/v3/api-docs", null, null).body();
        var paths = description.path("paths");
        var post = paths.path("/api/incidents").path("post");
        assertThat(post.path("responses").has("201")).as(post.toString()).isTrue();
        assertThat(post.path("responses").has("200")).isFalse();
        assertThat(post.path("responses").path("201").path("content").has("application/json")).isTrue();
        var list = paths.path("/api/incidents").path("get");
        assertThat(list.path("parameters").values()).extracting(parameter -> parameter.path("name").asString())
                .containsExactlyInAnyOrder(
                        "status", "severity", "location", "assignee", "reporter", "urgent", "q", "limit", "cursor");
        assertThat(list.path("parameters").values()).noneMatch(parameter -> parameter.path("required").asBoolean());
        assertThat(List.copyOf(paths.path("/api/incidents/{id}").propertyNames()))
                .containsExactlyInAnyOrder("get", "put", "patch", "delete");
        assertThat(List.copyOf(description.at("/components/schemas/IncidentReport/properties").propertyNames()))
                .containsExactlyInAnyOrder("title", "description", "severity", "location");
        assertThat(List.copyOf(description.at("/components/schemas/IncidentEdit/properties").propertyNames()))
                .containsExactlyInAnyOrder("title", "description", "severity", "location", "status");
    }
}
