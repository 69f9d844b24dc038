package org.maraudersmap.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.harness.EventLogReader.Entry;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClients;

/** Stopping the product as one should, and starting it again on the same data. */
@TestInstance(Lifecycle.PER_CLASS)
class RestartIT {
    /** What a terminated JVM answers: 128 + SIGTERM. */
    private static final int TERMINATED = 143;
    private static final Duration LONGEST_START = Duration.ofSeconds(20);

    private final Product product = Product.named("restart", Map.of());

    @BeforeAll
    void start() {
        product.start();
    }

    @AfterAll
    void stop() {
        product.close();
    }

    @Test
    void should_have_everything_after_a_restart() {
        try (var fresh = Product.withoutData("restart-from-nothing", Map.of())) {
            var api = fresh.start().api();
            var firstStart = fresh.lastStart();
            var admin = api.login(DemoUser.ADMIN);
            var neville = api.registerStudent();
            var incident = api.report(neville, "Still there tomorrow").path("id").asLong();
            api.edit(neville, incident, "severity", "SUSPICIOUS");
            api.send("DELETE", "/api/incidents/" + incident, neville.accessToken(), null).expect(200);
            var log = new EventLogReader(api, admin);
            await().atMost(Duration.ofSeconds(5)).until(
                    () -> log.readAllAfter(0).entries().stream().anyMatch(entry -> isResolutionOf(incident, entry)));
            var before = Picture.of(api, admin, log);

            assertThat(fresh.stop()).as("exit code").isEqualTo(TERMINATED);
            fresh.start();

            System.out.printf("first start %d ms, second %d ms%n", firstStart.toMillis(), fresh.lastStart().toMillis());
            assertThat(Picture.of(api, admin, log)).isEqualTo(before);
            assertThat(api.get("/api/auth/me", neville.accessToken()).expect(200).body().at("/user/email").asString())
                    .as("who was signed in still is")
                    .isEqualTo(neville.email());
            api.post("/api/auth/refresh", null, Map.of("refreshToken", neville.refreshToken())).expect(200);
            assertThat(fresh.lastStart()).isLessThan(LONGEST_START);
        }
    }

    private static boolean isResolutionOf(long incident, Entry entry) {
        return entry.type().equals("incident.resolved") && entry.data().path("incidentId").asLong() == incident;
    }

    /** What there is: incidents as listed, the log, its epoch and head. */
    private record Picture(List<?> incidents, List<Entry> log, String epoch, long head) {

        static Picture of(Api api, Session admin, EventLogReader log) {
            var incidents = api.get("/api/incidents?limit=200", admin.accessToken()).expect(200).body().path(
                    "incidents");
            var stretch = log.readAllAfter(0);
            return new Picture(List.copyOf(incidents.values()), stretch.entries(), stretch.epoch(), stretch.head());
        }
    }

    @Test
    void should_lose_nothing_and_do_nothing_half_when_stopped_under_load() throws Exception {
        var api = product.api();
        var ledger = new Ledger();
        var admin = api.login(DemoUser.ADMIN);
        try (var writers = new Writers(api, api.login(DemoUser.HARRY), ledger)) {
            writers.start("stopped", 8, 1);
            await().atMost(Duration.ofSeconds(20)).until(() -> ledger.creations() > 200);

            assertThat(product.stop()).as("exit code").isEqualTo(TERMINATED);
            writers.awaitEnd();
        }
        product.start();

        var mirror = new LogMirror(new EventLogReader(api, admin));
        await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            mirror.update();
            assertThat(mirror.changes()).containsAllEntriesOf(ledger.acknowledged());
        });
        var doneUnanswered = mirror.changes()
                .values()
                .stream()
                .filter(title -> title.startsWith("stopped-"))
                .collect(Collectors.toCollection(HashSet::new));
        doneUnanswered.removeAll(new HashSet<>(ledger.acknowledged().values()));
        System.out.printf(
                "stopped under load: %d creations and %d edits answered, %d requests unanswered, %d of them done%n",
                ledger.creations(),
                ledger.edits(),
                ledger.unanswered(),
                doneUnanswered.size());
        assertThat(doneUnanswered).as("done, but cut before the answer").isEmpty();
    }

    @Test
    void should_let_clients_come_back_by_themselves_after_a_restart() {
        var api = product.api();
        var luna = api.login(DemoUser.LUNA);
        try (var clients = SocketClients.of(product)) {
            var client = clients.connect(ConnectOptions.withToken(luna.accessToken()).comingBack()).awaitWelcome();

            product.stop();
            // Not "io server disconnect": after that the official client would stay away.
            assertThat(client.awaitDisconnect()).isEqualTo("transport close");
            product.start();

            await().atMost(Duration.ofSeconds(10)).until(() -> client.events("connection:acknowledged").size() == 2);
            var incident = api.report(luna, "Heard after the restart").path("id").asLong();
            client.awaitEvent("incident:created", payload -> payload.at("/incident/id").asLong() == incident);
        }
    }

    @Test
    void should_forget_who_was_connected_before_it_was_killed() {
        var luna = product.api().login(DemoUser.LUNA);
        try (var clients = SocketClients.of(product)) {
            var client = clients.connect(luna.accessToken()).awaitWelcome();
            await().atMost(Duration.ofSeconds(5)).until(() -> countOnline(luna) == 1);

            product.kill();
            assertThat(client.awaitDisconnect()).isNotBlank();
            product.start();

            assertThat(countOnline(luna)).isZero();
        }
    }

    private int countOnline(Session session) {
        return product.api().get("/api/presence/online", session.accessToken()).expect(200).body().path("count")
                .asInt();
    }
}
