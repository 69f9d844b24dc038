package org.maraudersmap.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.faults.Ledger.Change;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClients;
import tools.jackson.databind.JsonNode;

/**
 * Writes from several threads while a client listens, kills the process at a random moment, starts it again on the same
 * data, and counts. As often as {@code -Dkill.rounds} says; {@code -Dkill.seed} repeats the moments of a failed run.
 */
class KillIT {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 20);
    private static final int WRITERS = 4;
    private static final int LONGEST_ROUND_MILLIS = 1_500;
    /** Every fifth round takes the database down too. */
    private static final int WITH_DATABASE = 5;

    private final Product product = Product.named("kill", Map.of("ACCESS_TOKEN_TTL", "1d"));
    private final Ledger ledger = new Ledger();

    @Test
    void should_lose_nothing_and_double_nothing_however_it_is_killed() throws Exception {
        var seed = Long.getLong("kill.seed", System.nanoTime());
        System.out.printf("%d rounds with -Dkill.seed=%d%n", ROUNDS, seed);
        try (product; var clients = SocketClients.of(product)) {
            var api = product.start().api();
            var admin = api.sessionOf(DemoUser.ADMIN);
            var mirror = new LogMirror(new EventLogReader(api, admin));
            var luna = api.sessionOf(DemoUser.LUNA);
            var listener = new FeedListener(clients, luna.accessToken(), new EventLogReader(api, luna));
            var random = new Random(seed);
            for (var round = 1; round <= ROUNDS; round++) {
                writeAndKill(round, random, listener);
                product.start();
                checkDatabaseAndLog(api, admin, mirror);
                System.out.printf(
                        "round %2d: up again after %4d ms; answered so far: %d creations, %d edits; unanswered: %d;"
                                + " log to position %d%n",
                        round,
                        product.lastStart().toMillis(),
                        ledger.creations(),
                        ledger.edits(),
                        ledger.unanswered(),
                        mirror.position());
            }
            listener.catchUp(ROUNDS + 1);
            checkListener(listener, mirror);
        } catch (Throwable failure) {
            throw new AssertionError("with -Dkill.seed=" + seed + ": " + failure.getMessage(), failure);
        }
    }

    private void writeAndKill(int round, Random random, FeedListener listener) throws Exception {
        var author = product.api().login(DemoUser.HARRY);
        try (var writers = new Writers(product.api(), author, ledger)) {
            writers.start("round-" + round, WRITERS, random.nextLong());
            var killer = Thread.ofPlatform().start(() -> killSoon(round, random.nextInt(LONGEST_ROUND_MILLIS)));
            // Also the listener's return is one of the moments at which it may be killed.
            listener.tryToCatchUp(round);
            killer.join();
            writers.awaitEnd();
        }
    }

    private void killSoon(int round, int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (round % WITH_DATABASE == 0) {
            product.killWithDatabase();
        } else {
            product.kill();
        }
    }

    private void checkDatabaseAndLog(Api api, Session admin, LogMirror mirror) {
        // Positions are given in the background; what was answered must get one, without anybody asking again.
        await("every answered change in the log").atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    mirror.update();
                    assertThat(mirror.changes()).containsAllEntriesOf(ledger.acknowledged());
                });
        var neverAnswered = new HashMap<>(mirror.changes());
        neverAnswered.keySet().removeAll(ledger.acknowledged().keySet());
        neverAnswered.values().removeIf(title -> ledger.isUnanswered(title) || !title.startsWith("round-"));
        assertThat(neverAnswered).as("in the log, but asked by nobody").isEmpty();

        var stored = readAllIncidents(api, admin);
        for (var change : ledger.acknowledged().keySet()) {
            assertThat(stored).as("in the database").containsKey(change.incident());
        }
        stored.forEach(
                (id, incident) -> assertThat(incident).as("the incident and its last event").isEqualTo(
                        mirror.newest(id)));
    }

    private static Map<Long, JsonNode> readAllIncidents(Api api, Session session) {
        var incidents = new HashMap<Long, JsonNode>();
        var cursor = "";
        do {
            var page = api.get("/api/incidents?limit=200" + cursor, session.accessToken()).expect(200).body();
            page.path("incidents").forEach(incident -> incidents.put(incident.path("id").asLong(), incident));
            cursor = page.hasNonNull("nextCursor") ? "&cursor=" + page.path("nextCursor").asString() : "";
        } while (!cursor.isEmpty());
        return incidents;
    }

    private void checkListener(FeedListener listener, LogMirror mirror) {
        var had = listener.had();
        var lost = new HashMap<Change, String>(ledger.acknowledged());
        lost.keySet().removeAll(had.keySet());
        System.out.printf(
                "%d kills, %d of them with the database: %d creations and %d edits answered, %d requests unanswered;"
                        + " log: %d positions, %d changes; listener: %d heard live, %d added from the log; lost %d,"
                        + " doubled or out of order %d%n",
                ROUNDS,
                ROUNDS / WITH_DATABASE,
                ledger.creations(),
                ledger.edits(),
                ledger.unanswered(),
                mirror.position(),
                mirror.changes().size(),
                listener.live(),
                listener.fetched(),
                lost.size(),
                listener.faults().size());
        assertThat(listener.faults()).isEmpty();
        assertThat(lost).isEmpty();
        assertThat(had.keySet()).as("what the listener has is what the log has").isEqualTo(mirror.changes().keySet());
        assertThat(listener.live()).as("heard live").isPositive();
    }
}
