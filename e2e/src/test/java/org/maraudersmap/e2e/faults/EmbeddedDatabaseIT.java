package org.maraudersmap.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.harness.EventLogReader.Entry;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;

/**
 * The embedded database: killed, backed up and restored under load, and killed over its own making, as often as
 * {@code -Dfirst.start.kills} says; {@code -Dkill.seed} repeats the moments of a failed run.
 */
class EmbeddedDatabaseIT {
    private static final int KILLS = Integer.getInteger("first.start.kills", 3);
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void should_start_however_the_first_start_was_killed() {
        var seed = Long.getLong("kill.seed", System.nanoTime());
        System.out.printf("%d kills with -Dkill.seed=%d%n", KILLS, seed);
        var random = new Random(seed);
        long whole;
        try (var undisturbed = Product.withoutData("first-start", Map.of()).start()) {
            whole = undisturbed.lastStart().toMillis();
        }
        for (var kill = 0; kill < KILLS; kill++) {
            var moment = Duration.ofMillis(whole * kill / KILLS + random.nextLong(whole / KILLS + 1));
            try (var product = Product.withoutData("first-start-killed", Map.of())) {
                product.startAndKillAfter(moment);
                product.start();
                var admin = product.api().login(DemoUser.ADMIN);
                product.api().report(admin, "Killed after " + moment.toMillis() + " ms");
                System.out.printf(
                        "killed after %5d ms: up again after %5d ms%n",
                        moment.toMillis(), product.lastStart().toMillis());
            }
        }
    }

    @Test
    void should_lose_nothing_when_the_database_is_killed() throws Exception {
        try (var product = Product.named("database-killed", Map.of()).start()) {
            var api = product.api();
            var admin = api.login(DemoUser.ADMIN);
            var ledger = new Ledger();
            try (var writers = new Writers(api, admin, ledger)) {
                writers.start("killed", 4, 1);
                await().atMost(SOON).until(() -> ledger.creations() >= 20);

                product.killDatabase();
                var began = System.nanoTime();
                writers.awaitEnd();
                await().atMost(SOON).until(() -> isAnswered(api, admin));
                System.out.printf("writes again after %d ms%n", (System.nanoTime() - began) / 1_000_000);
            }

            assertThat(product.isRunning()).isTrue();
            var log = new EventLogReader(api, admin);
            await().atMost(SOON).untilAsserted(
                    () -> assertThat(incidentsCreatedIn(log)).containsAll(
                            ledger.acknowledged().keySet().stream().map(Ledger.Change::incident).distinct().toList()));
            assertThat(incidentsCreatedIn(log)).doesNotHaveDuplicates();
        }
    }

    @Test
    void should_restore_a_backup_made_under_load_as_another_life_of_the_log() throws Exception {
        try (var product = Product.named("backup", Map.of("ACCESS_TOKEN_TTL", "1d"))) {
            var backup = product.log().resolveSibling("map.backup");
            product.start();
            var api = product.api();
            var admin = api.login(DemoUser.ADMIN);
            var log = new EventLogReader(api, admin);
            var epoch = log.readPageAfter(0, 1).epoch();
            var ledger = new Ledger();
            List<Long> before;
            try (var writers = new Writers(api, admin, ledger)) {
                writers.start("backup", 2, 1);
                await().atMost(SOON).until(() -> ledger.creations() >= 10);
                before = ledger.acknowledged().keySet().stream().map(Ledger.Change::incident).distinct().toList();

                var outcome = product.runCommand("backup", backup.toString());

                assertThat(outcome.exitCode()).as(outcome.output()).isZero();
                assertThat(product.runCommand("restore", backup.toString()).output()).contains("DATA_DIR", "in use");
                assertThat(product.runCommand("backup", backup.toString()).output()).contains("exists already");
                api.report(admin, "After the backup");
                product.terminate();
                writers.awaitEnd();
            }
            product.awaitEnd();
            var restored = product.runCommand("restore", backup.toString());
            assertThat(restored.exitCode()).as(restored.output()).isZero();
            Files.delete(backup);

            product.start();

            assertThat(log.readPageAfter(0, 1).epoch()).as("epoch").isNotEqualTo(epoch);
            assertThat(incidentsCreatedIn(log)).as("acknowledged before the backup").containsAll(before);
            assertThat(titlesIn(log)).as("reported after the backup").doesNotContain("After the backup");
            api.report(admin, "After the restore");
            await().atMost(SOON).until(() -> titlesIn(log).contains("After the restore"));
            assertThat(log.readAllAfter(0).entries().stream().map(Entry::position)).doesNotHaveDuplicates();
        }
    }

    private static boolean isAnswered(Api api, Session admin) {
        return api.post("/api/incidents", admin.accessToken(), Map.of("title", "Still there?")).status() == 201;
    }

    private static List<Long> incidentsCreatedIn(EventLogReader log) {
        return creationsIn(log).stream().map(entry -> entry.incident().path("id").asLong()).toList();
    }

    private static List<String> titlesIn(EventLogReader log) {
        return creationsIn(log).stream().map(entry -> entry.incident().path("title").asString()).toList();
    }

    private static List<Entry> creationsIn(EventLogReader log) {
        return new ArrayList<>(
                log.readAllAfter(0).entries().stream().filter(entry -> entry.type().equals("incident.created"))
                        .toList());
    }
}
