package org.maraudersmap.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ProductTest
class TimelineTest {
    private final Api api;
    private final IncidentsOnTheMap map;
    private final String student;

    TimelineTest(Api api, JdbcClient jdbc) {
        this.api = api;
        this.map = new IncidentsOnTheMap(api, jdbc);
        this.student = map.student();
    }

    private Answer timeline(long id, String query) {
        return api.get("/api/incidents/" + id + "/timeline" + query, student);
    }

    private static List<String> types(Answer page) {
        return page.body().path("events").valueStream().map(each -> each.at("/event/eventType").asString()).toList();
    }

    @Test
    void should_tell_everything_that_happened_to_an_incident_in_the_order_of_the_log() {
        var id = map.reported(student);
        map.reported(student);
        map.patch(student, id, Map.of("title", "It grows"));
        api.post("/api/incidents/" + id + "/comments", student, Map.of("content", "And how"));
        map.patch(student, id, Map.of("status", "RESOLVED"));

        await().untilAsserted(
                () -> assertThat(types(timeline(id, ""))).containsExactly(
                        "incident.created", "incident.updated", "comment.created", "incident.resolved"));
        var page = timeline(id, "");
        assertThat(page.header("Log-Position")).isPresent();
        assertThat(page.body().path("nextCursor").isNull()).isTrue();
        assertThat(page.body().path("events").valueStream().map(each -> each.path("event")))
                .containsExactlyElementsOf(map.events(id));
        var positions = page.body().path("events").valueStream().map(each -> each.path("position").asLong()).toList();
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        var fromTheLog = api.get("/api/events?after=" + (positions.getLast() - 1) + "&limit=1", student).body();
        assertThat(fromTheLog.path("events").get(0)).isEqualTo(page.body().path("events").get(3));
    }

    @Test
    void should_page_through_a_timeline() {
        var id = map.reported(student);
        for (var number = 1; number <= 4; number++) {
            map.patch(student, id, Map.of("title", "Edit " + number));
        }
        await().until(() -> types(timeline(id, "")).size() == 5);

        var seen = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = timeline(id, "?limit=2&cursor=" + cursor).body();
            page.path("events").forEach(seen::add);
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(seen).isEqualTo(List.copyOf(timeline(id, "").body().path("events").values()));
    }

    @Test
    void should_find_no_timeline_of_what_does_not_exist() {
        assertThat(timeline(999_999_999_999L, "").status()).isEqualTo(404);
        assertThat(timeline(map.reported(student), "?limit=201").status()).isEqualTo(400);
        assertThat(timeline(map.reported(student), "?cursor=0").status()).isEqualTo(400);
    }
}
