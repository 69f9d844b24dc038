package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.identity.PasswordHasher.Claimant;
import org.maraudersmap.server.platform.ClientAddress;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;

class PasswordHasherTest {
    private static final Claimant STRANGER = stranger("192.0.2.1");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void should_match_the_right_password_only() {
        var hasher = new PasswordHasher(metrics, PasswordHasher.Cost.RECOMMENDED, 1, 1);

        var hash = hasher.hashPasswordForStorage("mischief-managed", STRANGER);

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.matchesHashOfPassword("mischief-managed", hash, STRANGER)).isTrue();
        assertThat(hasher.matchesHashOfPassword("mischief-manageD", hash, STRANGER)).isFalse();
        assertThat(hasher.hashPasswordForStorage("mischief-managed", STRANGER)).isNotEqualTo(hash);
    }

    @Test
    void should_do_the_same_work_for_nobody() {
        var hasher = new PasswordHasher(metrics, PasswordHasher.Cost.RECOMMENDED, 1, 1);
        var own = hasher.hashPasswordForStorage("mischief-managed", STRANGER);
        hasher.matchesHashOfPassword("warm up", own, STRANGER);
        var timer = metrics.get("identity.password.hash").timer();
        var before = timer.count();

        assertThat(hasher.matchesHashOfNobody("mischief-managed", STRANGER)).isFalse();

        assertThat(timer.count()).isEqualTo(before + 1);
        // Far from equal on a busy machine; a hash that could not be read would take no time at all.
        assertThat(timer.max(java.util.concurrent.TimeUnit.MICROSECONDS)).isGreaterThan(1_000);
    }

    @Test
    void should_refuse_when_too_many_wait() throws Exception {
        var hasher = new PasswordHasher(metrics, PasswordHasher.Cost.RECOMMENDED, 1, 2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> hash = () -> {
                try {
                    return hasher.hashPasswordForStorage("mischief-managed", STRANGER);
                } catch (Problem full) {
                    assertThat(full.retryAfter()).isPresent();
                    return full.code().name();
                }
            };
            var outcomes = threads.invokeAll(IntStream.range(0, 12).mapToObj(_ -> hash).toList());

            assertThat(outcomes)
                    .extracting(java.util.concurrent.Future::resultNow)
                    .contains(ProblemCode.RATE_LIMITED.name())
                    .anyMatch(text -> text.startsWith("$argon2id$"));
        }
    }

    private static Claimant stranger(String address) {
        return Claimant.stranger(new ClientAddress(InetAddress.ofLiteral(address)));
    }

    @Test
    void should_give_nobody_more_than_a_share_and_let_those_who_are_known_go_first() throws Exception {
        var hasher = new PasswordHasher(metrics, PasswordHasher.Cost.RECOMMENDED, 1, 256);
        var finished = new CopyOnWriteArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var flood = IntStream.range(0, 290).mapToObj(_ -> threads.submit(() -> {
                try {
                    hasher.hashPasswordForStorage("mischief-managed", STRANGER);
                    finished.add("stranger");
                    return true;
                } catch (Problem refused) {
                    return false;
                }
            })).toList();
            await().until(() -> flood.stream().filter(Future::isDone).count() >= 258);
            threads.submit(() -> {
                hasher.hashPasswordForStorage("mischief-managed", Claimant.known("ron@hogwarts.edu"));
                finished.add("known");
            }).get();
            assertThat(finished.indexOf("known")).as("place among %s", finished).isLessThan(12);
            hasher.hashPasswordForStorage("mischief-managed", stranger("192.0.2.2"));

            assertThat(flood).extracting(Future::get).filteredOn(done -> done).hasSize(32);
        }
    }
}
