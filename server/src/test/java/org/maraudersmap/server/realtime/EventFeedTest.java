package org.maraudersmap.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@ProductTest
class EventFeedTest {
    private final Api api;
    private final JdbcClient jdbc;

    EventFeedTest(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
    }

    private long headSeenBy(String token) {
        return api.get("/api/events?after=0&limit=1", token).body().path("head").asLong();
    }

    @Test
    void should_publish_event_when_creating_incident() {
        var reporter = api.registerStudent();
        var before = headSeenBy(reporter.accessToken());
        var incident = api.post("/api/incidents", reporter.accessToken(), Map.of("title", "E2E Test Incident"));

        await().until(() -> headSeenBy(reporter.accessToken()) > before);
        await().untilAsserted(() -> {
            var page = api.get("/api/events?after=" + before, reporter.accessToken()).body();
            var event = page.path("events")
                    .valueStream()
                    .map(each -> each.path("event"))
                    .filter(each -> each.path("data").path("id").asLong() == incident.body().path("id").asLong())
                    .findFirst()
                    .orElseThrow(AssertionError::new);
            assertThat(event.path("eventType").asString()).isEqualTo("incident.created");
            assertThat(event.path("data")).isEqualTo(incident.body());
        });
    }

    @Test
    void should_count_what_the_caller_may_not_see() {
        var before = headSeenBy(api.loginAdmin().accessToken());
        var one = api.registerStudent();
        var other = api.registerStudent();
        await().untilAsserted(() -> {
            var page = api.get("/api/events?limit=1000&after=" + before, one.accessToken()).body();
            assertThat(page.path("events").size() + page.path("hidden").asLong())
                    .isEqualTo(page.path("next").asLong() - before);
            assertThat(page.path("hidden").asLong()).isPositive();
            var auth = page.path("events")
                    .valueStream()
                    .map(each -> each.path("event"))
                    .filter(event -> event.path("eventType").asString().startsWith("user."))
                    .toList();
            assertThat(auth).isNotEmpty()
                    .allSatisfy(
                            event -> assertThat(event.path("data").path("userId").asString())
                                    .isEqualTo(one.userId().toString())
                                    .isNotEqualTo(other.userId().toString()));
        });
    }

    @Test
    void should_show_everything_to_an_administrator_but_notifications_of_others() {
        var admin = api.loginAdmin();
        var page = api.get("/api/events?after=0&limit=1000", admin.accessToken()).body();
        var notificationsOfOthers = jdbc
                .sql("select count(*) from event_log where position <= ? and topic = 'notification-events' and key <> ?")
                .param(page.path("next").asLong())
                .param(admin.userId().toString())
                .query(Long.class)
                .single();
        assertThat(notificationsOfOthers).isPositive();
        assertThat(page.path("hidden").asLong()).isEqualTo(notificationsOfOthers);
    }

    @Test
    void should_answer_empty_at_the_end_and_refuse_what_is_beyond_it() {
        var token = api.registerStudent().accessToken();
        var page = api.get("/api/events?after=" + headSeenBy(token), token).body();
        assertThat(page.path("next").asLong()).isGreaterThanOrEqualTo(page.path("events").size());
        var beyond = api.get("/api/events?after=1000000000", token);
        assertThat(beyond.status()).isEqualTo(400);
        assertThat(beyond.code()).isEqualTo("INVALID_PARAMETER");
        assertThat(beyond.body().path("detail").asString()).containsPattern("head is [1-9][0-9]* now");
    }

    @Test
    void should_refuse_parameters_out_of_range() {
        var token = api.registerStudent().accessToken();
        for (var query : new String[]{"after=-1", "limit=0", "limit=1001", "after=x", "limit=many"}) {
            var answer = api.get("/api/events?" + query, token);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.code()).as(query).isEqualTo("INVALID_PARAMETER");
        }
    }
}
