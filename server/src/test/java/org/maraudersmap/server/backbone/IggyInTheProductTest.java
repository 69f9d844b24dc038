package org.maraudersmap.server.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.iggy.EmptyLog;
import org.maraudersmap.eventlog.iggy.IggyStandIn;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.OwnProductTest;
import org.maraudersmap.server.support.SocketClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole product with {@code EVENT_LOG=iggy}, beginning without a broker. */
@OwnProductTest
class IggyInTheProductTest {
    private static final IggyStandIn server = new IggyStandIn();

    private final Api api;
    private final PostgresEventLog database;

    IggyInTheProductTest(Api api, PostgresEventLog database) {
        this.api = api;
        this.database = database;
    }

    @DynamicPropertySource
    static void chooseIggy(DynamicPropertyRegistry settings) {
        server.stop();
        settings.add("EVENT_LOG", () -> "iggy");
        settings.add("IGGY_PORT", server::port);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private long report(Api.Session reporter) {
        var answer = api.post("/api/incidents", reporter.accessToken(), Map.of("title", "Troll in the dungeon"));
        assertThat(answer.status()).isEqualTo(201);
        return answer.body().path("id").asLong();
    }

    private void reportAndHearOfIt(Api.Session reporter, SocketClient socket) {
        var id = report(reporter);
        socket.await("incident:created", payload -> payload.at("/incident/id").asLong() == id);
    }

    private String stateOfBroker(Api.Session someone) {
        return api.get("/health", someone.accessToken()).body().at("/dependencies/broker/status").asString();
    }

    private double measured(String metric) {
        return api.send("GET", "/metrics", null, null)
                .text()
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length())))
                .findFirst()
                .orElseThrow(AssertionError::new);
    }

    private void awaitEverythingAtTheBroker() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            try (var reader = server.openLog("marauders-map", new EmptyLog(database.head().epoch()))) {
                var head = database.head().position();
                await().atMost(Duration.ofSeconds(2)).until(() -> reader.head().position() >= head);
                assertThat(reader.readAfter(0, (int) head)).extracting(PositionedEvent::position)
                        .isEqualTo(
                                database.readAfter(0, (int) head).stream().map(PositionedEvent::position).toList());
            }
        });
    }

    @Test
    void should_work_on_while_the_broker_is_absent_comes_and_crashes() {
        var reporter = api.registerStudent();
        try (var socket = SocketClient.connectAs(api, reporter)) {
            for (var n = 0; n < 10; n++) {
                reportAndHearOfIt(reporter, socket);
            }
            assertThat(stateOfBroker(reporter)).isEqualTo("degraded");
            var absent = api.get("/api/monitoring/iggy-status", reporter.accessToken());
            assertThat(absent.status()).isEqualTo(503);
            assertThat(absent.body().path("status").asString()).isEqualTo("disconnected");
            assertThat(api.get("/health/ready", reporter.accessToken()).status()).isEqualTo(200);
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10))
                    .until(() -> measured("relay_lag_events") >= 10);

            server.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> stateOfBroker(reporter).equals("ok"));
            var present = api.get("/api/monitoring/iggy-status", reporter.accessToken());
            assertThat(present.status()).isEqualTo(200);
            assertThat(present.body().path("status").asString()).isEqualTo("connected");
            reportAndHearOfIt(reporter, socket);
            awaitEverythingAtTheBroker();

            server.restartWithoutNewest(5);
            reportAndHearOfIt(reporter, socket);
            awaitEverythingAtTheBroker();
            assertThat(socket.heard("incident:created")).hasSize(12);

            var metrics = api.get("/metrics", reporter.accessToken()).text();
            assertThat(metrics).contains("broker_connected 1.0", "relay_active 1.0", "relay_lag_events")
                    .contains("log_events_read_total{from=\"broker\"}", "relay_rewinds_total");
        }
    }
}
