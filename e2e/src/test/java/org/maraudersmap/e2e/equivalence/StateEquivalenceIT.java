package org.maraudersmap.e2e.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.socket.SocketClients;

/**
 * Random sequences of commands by several users at once, while clients come, take snapshots page by page and apply what
 * follows: messages of the official client, or {@code GET /api/events}. Whenever it is quiet, all of them must show
 * what is shown afresh.
 *
 * <p>
 * A seed fixes what each user does; who is faster is the machine's affair, so a seed that fails may need some runs to
 * do it again. {@code -Dequivalence.seed=1} plays one seed, {@code -Dequivalence.seeds=200} so many random ones.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateEquivalenceIT {
    private static final boolean IS_REPETITION = System.getProperties().containsKey("equivalence.seed");
    /** With those of {@link LogEvents#SHOWN} these are all that there are. */
    private static final Set<String> TYPES_NOT_SHOWN = Set.of(
            "presence.connected",
            "presence.disconnected",
            "presence.room_joined",
            "presence.room_left",
            "user.registered",
            "user.logged_in",
            "user.login_failed",
            "user.logged_out",
            "token.refreshed",
            "token.reuse_detected");

    private final Product product = Product.named("equivalence", Map.of("ACCESS_TOKEN_TTL", "1d"));
    private final Findings findings = new Findings();

    static LongStream seeds() {
        if (IS_REPETITION) {
            return LongStream.of(Long.getLong("equivalence.seed"));
        }
        var chosen = new Random().longs(Integer.getInteger("equivalence.seeds", 1), 0, 1_000_000);
        return LongStream.concat(LongStream.of(1, 2), chosen);
    }

    @BeforeAll
    void start() {
        product.start();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void should_show_live_what_a_fresh_snapshot_shows(long seed) throws Exception {
        System.out.println("playing -Dequivalence.seed=" + seed);
        try (var clients = SocketClients.of(product);
                var performance = new Performance(product.api(), clients, seed, findings)) {
            performance.play();
        }
    }

    @AfterAll
    void stop() {
        try (product) {
            System.out.printf(
                    "%d comparisons; sockets came back %d times recovered and %d times not; log to position %d%n",
                    findings.comparisons(),
                    findings.recoveries(),
                    findings.returns(),
                    findings.position());
            if (!IS_REPETITION) {
                checkThatTheComparisonSees();
            }
        }
    }

    /** Else all of it could only pass. */
    private void checkThatTheComparisonSees() {
        var all = new HashSet<>(LogEvents.SHOWN);
        all.addAll(TYPES_NOT_SHOWN);
        assertThat(findings.types()).as("event types that occurred").isEqualTo(all);
        var needed = new HashSet<>(LogEvents.SHOWN);
        needed.addAll(SocketMessages.NEEDED);
        assertThat(findings.recoveries()).as("sockets that were recovered").isPositive();
        assertThat(findings.returns()).as("sockets that came back and were not recovered").isPositive();
        assertThat(findings.missed()).as("kinds of news of which a loss was noticed").isEqualTo(needed);
    }
}
