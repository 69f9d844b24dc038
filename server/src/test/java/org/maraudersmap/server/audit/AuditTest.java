package org.maraudersmap.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventRecorder;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.server.incidents.IncidentsOnTheMap;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ProductTest
class AuditTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final Api api;
    private final JdbcClient jdbc;
    private final AuditRepository trail;
    private final IncidentsOnTheMap map;
    private final EventRecorder recorder;
    private final TransactionTemplate transactions;
    private final String admin;

    AuditTest(
            Api api,
            JdbcClient jdbc,
            AuditRepository trail,
            EventRecorder recorder,
            TransactionTemplate transactions) {
        this.recorder = recorder;
        this.transactions = transactions;
        this.api = api;
        this.jdbc = jdbc;
        this.trail = trail;
        this.map = new IncidentsOnTheMap(api, jdbc);
        this.admin = api.loginAdmin().accessToken();
    }

    private List<JsonNode> eventsOf(String query) {
        var answer = api.get("/api/audit?limit=200&" + query, admin);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body().path("events").valueStream().toList();
    }

    private static List<Long> positionsOf(List<JsonNode> events) {
        return events.stream().map(event -> event.path("position").asLong()).toList();
    }

    private static Set<String> typesOf(List<JsonNode> events) {
        return events.stream().map(event -> event.at("/event/eventType").asString()).collect(Collectors.toSet());
    }

    private long awaitWholeLog() {
        var head = api.get("/api/events?limit=1", admin).body().path("head").asLong();
        await().until(
                () -> api.get("/api/audit?limit=1", admin).header("Log-Position").map(Long::parseLong)
                        .orElse(0L) >= head);
        return head;
    }

    @Test
    void should_record_the_events_of_all_topics_as_they_are() {
        var incident = map.reported(map.student());
        assertThat(map.patch(map.auror().accessToken(), incident, Map.of("severity", "CRITICAL")).status())
                .isEqualTo(200);
        var head = awaitWholeLog();

        assertThat(
                jdbc.sql("""
                        select count(*) from event_log l join audit_trail a using (position)
                        where l.envelope::text = a.envelope::text and l.event_id = a.event_id and position <= ?""")
                        .param(head)
                        .query(Long.class)
                        .single())
                .isEqualTo(head);
        assertThat(jdbc.sql("select distinct topic from event_log").query(String.class).list())
                .contains("incident-events", "auth-events");
    }

    @Test
    void should_find_by_time_position_user_and_type() {
        var student = api.registerStudent();
        var first = map.reported(student.accessToken());
        map.reported(student.accessToken());
        awaitWholeLog();
        var user = "user=" + student.userId();

        var own = eventsOf(user);
        assertThat(own).hasSize(3)
                .allSatisfy(
                        event -> assertThat(event.at("/event/userId").asString())
                                .isEqualTo(student.userId().toString()));
        assertThat(typesOf(own)).containsExactlyInAnyOrder("user.registered", "incident.created");
        assertThat(positionsOf(own)).isSorted();
        assertThat(typesOf(eventsOf(user + "&type=user.registered"))).containsExactly("user.registered");
        assertThat(eventsOf(user + "&type=user.registered&type=incident.created")).hasSize(3);
        assertThat(eventsOf(user + "&type=owl.flown")).isEmpty();

        var report = own.stream()
                .filter(event -> event.at("/event/data/id").asLong() == first)
                .findFirst()
                .orElseThrow(AssertionError::new);
        var position = report.path("position").asLong();
        assertThat(positionsOf(eventsOf("after=" + (position - 1) + "&upTo=" + position))).containsExactly(position);
        var time = report.at("/event/timestamp").asString();
        assertThat(positionsOf(eventsOf(user + "&from=" + time))).contains(position);
        assertThat(positionsOf(eventsOf(user + "&to=" + time))).doesNotContain(position);
        assertThat(eventsOf(user + "&from=2000-01-01T00:00:00Z&to=2000-01-02T00:00:00Z")).isEmpty();
    }

    @Test
    void should_give_everything_in_pages_that_follow_one_another() {
        var student = api.registerStudent();
        for (var report = 0; report < 6; report++) {
            map.reported(student.accessToken());
        }
        awaitWholeLog();

        var read = new ArrayList<Long>();
        for (var cursor = Optional.of(""); cursor.isPresent();) {
            var page = api.get("/api/audit?limit=3&user=" + student.userId() + "&cursor=" + cursor.get(), admin).body();
            read.addAll(positionsOf(page.path("events").valueStream().toList()));
            cursor = Optional.of(page.path("nextCursor").asString("")).filter(next -> !next.isEmpty());
        }

        assertThat(read).isEqualTo(positionsOf(eventsOf("user=" + student.userId()))).hasSize(7);
    }

    @Test
    void should_export_everything_as_lines_whatever_the_limit() {
        var before = awaitWholeLog();
        var failed = IntStream.range(0, 1_100)
                .mapToObj(number -> new NewEvent(
                        "auth-events", "x", "user.login_failed", null,
                        Map.of("email", number + "@hogwarts.edu", "reason", "no such user")))
                .toList();
        transactions.executeWithoutResult(_ -> recorder.record(failed));
        await().until(
                () -> jdbc.sql("select count(*) from audit_trail where event_type = 'user.login_failed'")
                        .query(Long.class)
                        .single() >= 1_100);

        var export = api.send(
                "GET",
                "/api/audit?type=user.login_failed&limit=1&after=" + before,
                admin,
                null,
                "Accept",
                "application/x-ndjson");

        assertThat(export.status()).as(export.text()).isEqualTo(200);
        assertThat(export.header("Content-Type")).contains("application/x-ndjson");
        assertThat(export.header("Log-Position")).isPresent();
        assertThat(export.text()).endsWith("}\n");
        var lines = export.text().lines().map(JSON::readTree).toList();
        assertThat(lines).hasSize(1_100);
        assertThat(positionsOf(lines)).isSorted().doesNotHaveDuplicates();
        assertThat(typesOf(lines)).containsExactly("user.login_failed");
    }

    @Test
    void should_refuse_to_change_what_is_recorded() {
        awaitWholeLog();
        for (var change : List.of(
                "update audit_trail set user_id = null",
                "delete from audit_trail where position = 1",
                "truncate audit_trail")) {
            assertThatThrownBy(() -> jdbc.sql(change).update()).as(change)
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void should_record_an_event_once_although_it_is_delivered_again_or_the_consumer_is_reset() {
        awaitWholeLog();
        var before = trail.readTrailInOrder(everything(), 10_000);

        assertThat(
                api.post("/api/monitoring/consumers/audit-recorder/reset", admin, Map.of("position", 0)).status())
                .isEqualTo(200);
        awaitWholeLog();

        assertThat(trail.readTrailInOrder(everything(), before.size())).isEqualTo(before);
        assertThat(consumerOfTrailHasParked()).isZero();
    }

    private long consumerOfTrailHasParked() {
        return jdbc.sql("select count(*) from dead_letters where consumer = ?")
                .param(AuditRecorder.NAME)
                .query(Long.class)
                .single();
    }

    private static AuditFilter everything() {
        return AuditFilter.of(Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty(), List.of());
    }

    @Test
    void should_refuse_whoever_is_no_admin_and_what_it_cannot_use() {
        assertThat(api.get("/api/audit", map.auror().accessToken()).code()).isEqualTo("FORBIDDEN");
        Stream.of("from=yesterday", "to=2024-01-15", "from=-9999-01-01T00:00:00Z", "after=-1", "upTo=x", "user=42",
                "type=INCIDENT", "type=%00", "limit=0", "limit=201", "cursor=x").forEach(bad -> {
                    var answer = api.get("/api/audit?" + bad, admin);
                    assertThat(answer.status()).as(bad).isEqualTo(400);
                    assertThat(answer.code()).as(bad).isEqualTo("INVALID_PARAMETER");
                    assertThat(answer.text()).contains("\"" + bad.substring(0, bad.indexOf('=')) + "\"");
                });
        assertThat(api.send("GET", "/api/audit", admin, null, "Accept", "text/html").status()).isEqualTo(406);
    }
}
