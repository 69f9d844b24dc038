package org.maraudersmap.server.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.incidents.IncidentsOnTheMap;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.OwnProductTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@OwnProductTest
@Import(MonitoringTest.OwlBand.class)
class MonitoringTest {
    private final Api api;
    private final JdbcClient jdbc;
    private final IncidentsOnTheMap map;
    private final OwlBand owls;
    private final String admin;

    MonitoringTest(Api api, JdbcClient jdbc, OwlBand owls) {
        this.api = api;
        this.jdbc = jdbc;
        this.map = new IncidentsOnTheMap(api, jdbc);
        this.owls = owls;
        this.admin = api.loginAdmin().accessToken();
    }

    /** Its owls bite when they bring something of a poisoned incident. */
    static class OwlBand implements EventConsumer {
        final Set<String> poison = ConcurrentHashMap.newKeySet();
        volatile boolean isDatabaseDown;
        private final JdbcClient jdbc;

        OwlBand(JdbcClient jdbc) {
            this.jdbc = jdbc;
            jdbc.sql("create table if not exists owls (key text, type text, place int generated always as identity)")
                    .update();
        }

        @Override
        public String consumerName() {
            return "owl-band";
        }

        @Override
        public Start startOfFirstRun() {
            return Start.BEGINNING;
        }

        @Override
        public boolean wantsEventsOfType(String eventType) {
            return eventType.startsWith("incident.");
        }

        @Override
        public void handleEventsInOrder(List<PositionedEvent> events) {
            if (isDatabaseDown) {
                throw new DataAccessResourceFailureException("planted: the database is down");
            }
            for (var event : events) {
                jdbc.sql("insert into owls (key, type) values (?, ?)")
                        .params(List.of(event.key(), event.event().eventType()))
                        .update();
                if (poison.contains(event.key())) {
                    throw new IllegalStateException("this owl bites");
                }
            }
        }
    }

    @AfterEach
    void healAllOwls() {
        owls.poison.clear();
        owls.isDatabaseDown = false;
        letters().forEach(letter -> redrive(letter.path("id").asLong()));
        await().untilAsserted(() -> assertThat(letters()).isEmpty());
    }

    private List<String> brought(long incident) {
        return jdbc.sql("select type from owls where key = ? order by place")
                .param(String.valueOf(incident))
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<JsonNode> letters() {
        return api.get("/api/monitoring/dead-letters", admin).body().path("deadLetters").valueStream().toList();
    }

    private Answer redrive(long id) {
        return api.send("POST", "/api/monitoring/dead-letters/" + id + "/redrive", admin, null);
    }

    private Answer reset(String consumer, Object body) {
        return api.post("/api/monitoring/consumers/" + consumer + "/reset", admin, body);
    }

    private JsonNode consumer(String id) {
        return api.get("/api/monitoring/consumers", admin)
                .body()
                .path("consumers")
                .valueStream()
                .filter(each -> each.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow(AssertionError::new);
    }

    private String health(String dependency) {
        return api.send("GET", "/health", null, null).body().at("/dependencies/" + dependency + "/status").asString();
    }

    @Test
    void should_let_later_events_of_the_incident_wait_and_others_go_on_until_the_redrive() {
        var student = map.student();
        var poisoned = map.reported(student);
        await().until(() -> brought(poisoned).size() == 1);
        owls.poison.add(String.valueOf(poisoned));
        map.patch(student, poisoned, Map.of("title", "First"));
        map.patch(student, poisoned, Map.of("title", "Second"));
        api.send("DELETE", "/api/incidents/" + poisoned, student, null);
        var healthy = map.reported(student);

        await().untilAsserted(() -> assertThat(letters()).hasSize(3));
        await().untilAsserted(() -> assertThat(brought(healthy)).containsExactly("incident.created"));
        assertThat(brought(poisoned)).containsExactly("incident.created");
        var first = letters().getFirst();
        assertThat(first.path("consumer").asString()).isEqualTo("owl-band");
        assertThat(first.path("state").asString()).isEqualTo("retrying");
        assertThat(first.path("error").asString()).contains("this owl bites");
        assertThat(first.at("/event/data/incident/title").asString()).isEqualTo("First");
        assertThat(letters()).extracting(letter -> letter.path("key").asString())
                .containsOnly(String.valueOf(poisoned));
        assertThat(consumer("owl-band").path("state").asString()).isEqualTo("parked");
        assertThat(consumer("owl-band").path("parked").asLong()).isEqualTo(3);
        assertThat(health("consumers")).isEqualTo("degraded");

        owls.poison.clear();
        var redriven = redrive(letters().getLast().path("id").asLong());
        assertThat(redriven.status()).isEqualTo(202);

        await().untilAsserted(
                () -> assertThat(brought(poisoned))
                        .containsExactly("incident.created", "incident.updated", "incident.updated",
                                "incident.resolved"));
        await().untilAsserted(() -> assertThat(consumer("owl-band").path("state").asString()).isEqualTo("running"));
        await().untilAsserted(() -> assertThat(health("consumers")).isEqualTo("ok"));
    }

    @Test
    void should_pause_and_park_nothing_while_what_it_needs_is_down() {
        owls.isDatabaseDown = true;
        var incident = map.reported(map.student());

        await().untilAsserted(() -> assertThat(consumer("owl-band").path("state").asString()).isEqualTo("paused"));
        await().untilAsserted(() -> assertThat(consumer("owl-band").path("lag").asLong()).isPositive());
        assertThat(health("consumers")).isEqualTo("degraded");
        assertThat(letters()).isEmpty();
        assertThat(consumer("notification-dispatcher").path("state").asString()).isEqualTo("running");

        owls.isDatabaseDown = false;
        await().untilAsserted(() -> assertThat(brought(incident)).containsExactly("incident.created"));
        await().untilAsserted(() -> assertThat(health("consumers")).isEqualTo("ok"));
    }

    /** Measures and prints. */
    @Test
    void should_bring_other_incidents_as_fast_as_ever_while_one_is_poisoned() {
        var student = map.student();
        var without = millisToBring(100, student);
        var poisoned = map.reported(student);
        owls.poison.add(String.valueOf(poisoned));
        map.patch(student, poisoned, Map.of("title", "Poison"));
        await().untilAsserted(() -> assertThat(letters()).isNotEmpty());
        var with = millisToBring(100, student);
        System.out.printf(
                "POST to effect, p50 and p99: %.1f and %.1f ms, with a poisoned incident %.1f and %.1f ms%n",
                without.get(49),
                without.get(98),
                with.get(49),
                with.get(98));

        assertThat(with.get(98)).as("not even a retry's first pause").isLessThan(1_000);
    }

    private List<Double> millisToBring(int incidents, String student) {
        var times = new ArrayList<Double>();
        for (var number = 0; number < incidents; number++) {
            var began = System.nanoTime();
            var incident = map.reported(student);
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                    .until(() -> !brought(incident).isEmpty());
            times.add((System.nanoTime() - began) / 1e6);
        }
        return times.stream().sorted().toList();
    }

    @Test
    void should_repeat_no_effect_after_a_reset() {
        var student = map.student();
        var incident = map.reported(student, Map.of("title", "Once", "severity", "CRITICAL"));
        await().until(() -> brought(incident).size() == 1);
        var notifications = countOfNotifications();
        var owlsBefore = jdbc.sql("select count(*) from owls").query(Long.class).single();

        for (var consumer : List.of("owl-band", "notification-dispatcher")) {
            assertThat(reset(consumer, Map.of("position", 0)).status()).as(consumer).isEqualTo(200);
            await().untilAsserted(() -> assertThat(consumer(consumer).path("lag").asLong()).isZero());
        }

        assertThat(jdbc.sql("select count(*) from owls").query(Long.class).single()).isEqualTo(owlsBefore);
        assertThat(countOfNotifications()).isEqualTo(notifications);
        var next = map.reported(student);
        await().untilAsserted(() -> assertThat(brought(next)).hasSize(1));
    }

    private long countOfNotifications() {
        return jdbc.sql("select count(*) from notifications").query(Long.class).single();
    }

    @Test
    void should_show_position_lag_and_state_of_each_consumer() {
        var list = api.get("/api/monitoring/consumers", admin);

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.header("Log-Position")).isPresent();
        var ids = new ArrayList<String>();
        list.body().path("consumers").forEach(each -> ids.add(each.path("id").asString()));
        assertThat(ids).contains("notification-dispatcher", "owl-band").hasSize(list.body().path("count").asInt());
        assertThat(ids).anyMatch(id -> id.startsWith("websocket-broadcaster-"));
        await().untilAsserted(() -> assertThat(consumer("owl-band").path("lag").asLong()).isZero());
        assertThat(consumer("owl-band").path("lagSeconds").asDouble()).isZero();
        assertThat(consumer("owl-band").path("state").asString()).isEqualTo("running");
        assertThat(consumer("owl-band").path("position").asLong()).isPositive();
    }

    @Test
    void should_show_the_status_in_the_shape_of_the_specification_to_everyone() {
        await().untilAsserted(() -> {
            var answer = api.send("GET", "/api/monitoring/iggy-status", null, null);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().path("status").asString()).isEqualTo("connected");
            assertThat(answer.body().at("/consumer/id").asString()).isEqualTo("websocket-broadcaster");
            assertThat(answer.body().at("/consumer/currentOffset").isIntegralNumber()).isTrue();
            assertThat(answer.body().at("/consumer/stream").asString()).isEqualTo("marauders-map");
            assertThat(answer.body().at("/consumer/topic").asString()).isEqualTo("incident-events");
            assertThat(answer.body().path("consumers").valueStream())
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.path("lag").isIntegralNumber()).isTrue());
        });
    }

    @Test
    void should_measure_what_waits() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var metrics = api.send("GET", "/metrics", null, null).text();
            assertThat(metrics).contains(
                    "consumer_lag_events{consumer=\"owl-band\"}",
                    "consumer_lag_seconds{consumer=\"owl-band\"}",
                    "consumer_parked_events{consumer=\"notification-dispatcher\"}",
                    "consumer_dead_events{consumer=\"notification-dispatcher\"}");
            assertThat(metrics).containsPattern("outbox_events \\d").containsPattern("outbox_age_seconds \\d");
        });
    }

    @Test
    void should_refuse_whoever_is_no_admin_and_what_makes_no_sense() {
        var auror = map.auror().accessToken();
        for (var path : List.of("/api/monitoring/consumers", "/api/monitoring/dead-letters")) {
            assertThat(api.get(path, auror).code()).as(path).isEqualTo("FORBIDDEN");
        }
        assertThat(
                api.post("/api/monitoring/consumers/owl-band/reset", auror, Map.of("position", 0)).code())
                .isEqualTo("FORBIDDEN");
        assertThat(api.send("POST", "/api/monitoring/dead-letters/1/redrive", auror, null).code())
                .isEqualTo("FORBIDDEN");
        assertThat(redrive(4711).status()).isEqualTo(404);
        for (var unknown : List.of("nobody", "owl-band%20")) {
            assertThat(reset(unknown, Map.of("position", 0)).status()).as(unknown).isEqualTo(404);
        }
        Stream.of(Map.of(), Map.of("position", -1), Map.of("position", 1_000_000_000), Map.of("position", "end"))
                .forEach(bad -> {
                    var answer = reset("owl-band", bad);
                    assertThat(answer.code()).as(bad.toString()).isEqualTo("VALIDATION_FAILED");
                    assertThat(answer.text()).contains("\"position\"");
                });
    }
}
