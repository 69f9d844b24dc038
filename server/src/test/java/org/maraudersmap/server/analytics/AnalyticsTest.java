package org.maraudersmap.server.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.incidents.IncidentsOnTheMap;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ProductTest
class AnalyticsTest {
    private static final List<String> SEVERITIES = List.of("MISCHIEF", "SERIOUS", "CRITICAL", "UNFORGIVABLE");
    private static final List<String> LOCATIONS = List.of("HOGWARTS", "AZKABAN", "DIAGON_ALLEY");
    private static final List<String> STATUSES = List.of("OPEN", "IN_PROGRESS", "RESOLVED", "ARCHIVED");

    private final Api api;
    private final JdbcClient jdbc;
    private final EventLog log;
    private final IncidentsOnTheMap map;
    private final Random random = new Random(4711);
    private final String admin;

    AnalyticsTest(Api api, JdbcClient jdbc, EventLog log) {
        this.api = api;
        this.jdbc = jdbc;
        this.log = log;
        this.map = new IncidentsOnTheMap(api, jdbc);
        this.admin = api.loginAdmin().accessToken();
    }

    private Answer overview() {
        return api.get("/api/analytics/overview", admin);
    }

    @Test
    void should_be_answered_however_often_it_is_asked() {
        for (var call = 0; call < 60; call++) {
            assertThat(overview().status()).as("answer to call %d", call).isEqualTo(200);
        }
    }

    /** Once everything that was recorded has its position and is counted. */
    private JsonNode overviewOfEverything() {
        await().until(() -> jdbc.sql("select count(*) from outbox").query(Long.class).single() == 0);
        var head = jdbc.sql("select position from event_log_head").query(Long.class).single();
        return await().until(
                this::overview,
                answer -> answer.header("Log-Position").map(Long::parseLong).orElse(0L) >= head).body();
    }

    private Map<String, Long> countAfresh(String expression, String condition) {
        var counts = new HashMap<String, Long>();
        jdbc.sql("select " + expression + " as name, count(*) as amount from incidents where " + condition
                + " group by 1")
                .query((row, _) -> counts.put(row.getString("name"), row.getLong("amount")))
                .list();
        return counts;
    }

    private static Map<String, Long> counts(JsonNode node) {
        var counts = new HashMap<String, Long>();
        node.properties().forEach(each -> counts.put(each.getKey(), each.getValue().asLong()));
        return counts;
    }

    private void assertThatOverviewEqualsIncidents(JsonNode overview) {
        assertThat(overview.path("total").asLong())
                .isEqualTo(jdbc.sql("select count(*) from incidents").query(Long.class).single());
        assertThat(counts(overview.path("bySeverity"))).isEqualTo(countAfresh("severity", "true"));
        assertThat(counts(overview.path("byLocation"))).isEqualTo(countAfresh("location", "true"));
        assertThat(counts(overview.path("byStatus"))).isEqualTo(countAfresh("status", "true"));
        var reported = new HashMap<String, Long>();
        var resolved = new HashMap<String, Long>();
        overview.path("perDay").forEach(day -> {
            putIfAny(reported, day, "reported");
            putIfAny(resolved, day, "resolved");
        });
        assertThat(reported).isEqualTo(countAfresh("(reported_at at time zone 'utc')::date::text", "true"));
        assertThat(resolved).isEqualTo(
                countAfresh("(resolved_at at time zone 'utc')::date::text", "resolved_at is not null"));
        assertThat(overview.at("/timeToResolve/count").asLong())
                .isEqualTo(resolved.values().stream().mapToLong(Long::longValue).sum());
        jdbc.sql("""
                select severity, count(*) as amount, avg(extract(epoch from resolved_at - reported_at)) as seconds
                from incidents where resolved_at is not null group by severity""").query((row, _) -> {
            var time = overview.path("timeToResolveBySeverity").path(row.getString("severity"));
            assertThat(time.path("count").asLong()).isEqualTo(row.getLong("amount"));
            assertThat(time.path("averageSeconds").asDouble()).isCloseTo(row.getDouble("seconds"), within(0.002));
            return time;
        }).list();
    }

    private static void putIfAny(Map<String, Long> amounts, JsonNode day, String field) {
        if (day.path(field).asLong() > 0) {
            amounts.put(day.path("day").asString(), day.path(field).asLong());
        }
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private void runRandomCommands(int number) {
        var incidents = new ArrayList<Long>();
        for (var command = 0; command < number; command++) {
            if (incidents.isEmpty() || random.nextInt(4) == 0) {
                incidents.add(
                        map.reported(
                                admin,
                                Map.of("title", "At random", "severity", any(SEVERITIES), "location", any(LOCATIONS))));
            }
            var path = "/api/incidents/" + any(incidents);
            // Some are refused, which must count for nothing.
            var _ = switch (random.nextInt(5)) {
                case 0 -> api.send("DELETE", path, admin, null);
                case 1 -> api.send("PUT", path + "/assignee", admin, Map.of("userId", map.prefect().userId()));
                case 2 -> api.send("PATCH", path, admin, Map.of("status", any(STATUSES), "severity", any(SEVERITIES)));
                case 3 -> api.send("PATCH", path, admin, Map.of("location", any(LOCATIONS)));
                default -> api.send("PATCH", path, admin, Map.of("status", any(STATUSES)));
            };
        }
    }

    @Test
    void should_equal_a_fresh_count_of_the_incidents_after_random_commands_and_after_a_rebuild() {
        runRandomCommands(150);
        var overview = overviewOfEverything();
        assertThatOverviewEqualsIncidents(overview);
        assertThat(overview.at("/byStatus/ARCHIVED").asLong()).as("the commands went far enough").isPositive();

        jdbc.sql("update analytics_counters set amount = amount + 7").update();
        // A projection is rebuilt from the beginning, whatever is asked for: half of one would be wrong.
        var reset = api.post(
                "/api/monitoring/consumers/analytics-projector/reset", admin,
                Map.of("position", log.head().position()));
        assertThat(reset.status()).as(reset.text()).isEqualTo(200);
        assertThat(reset.body().path("position").asLong()).isZero();

        assertThatOverviewEqualsIncidents(overviewOfEverything());
    }

    @Test
    void should_say_the_position_before_its_oldest_parked_event() {
        map.reported(admin);
        overviewOfEverything();
        var parked = jdbc.sql("select max(position) from event_log where topic = 'incident-events'")
                .query(Long.class)
                .single();
        jdbc.sql("""
                insert into dead_letters (consumer, position, topic, key, attempts, parked_at)
                select 'analytics-projector', position, topic, key, 6, now() from event_log where position = ?""")
                .param(parked)
                .update();
        try {
            map.reported(admin);
            await().until(() -> log.head().position() > parked);

            assertThat(overview().header("Log-Position")).contains(String.valueOf(parked - 1));
            assertThat(overview().header("Log-Epoch")).contains(log.head().epoch());
        } finally {
            jdbc.sql("delete from dead_letters").update();
        }
        overviewOfEverything();
    }

    @Test
    void should_show_everyone_who_is_signed_in() {
        assertThat(api.get("/api/analytics/overview", map.student()).status()).isEqualTo(200);
    }
}
