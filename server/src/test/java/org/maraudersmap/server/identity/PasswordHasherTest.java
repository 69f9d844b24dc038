package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;

class PasswordHasherTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void should_match_the_right_password_only() {
        var hasher = new PasswordHasher(metrics, PasswordHasher.Cost.RECOMMENDED, 1, 1);

        var hash = hasher.hashPasswordForStorage("mischief-managed");

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.matchesHashOfPassword("mischief-managed", hash)).isTrue();
        assertThat(hasher.matchesHashOfPassword("mischief-manageD", hash)).isFalse();
        assertThat(hasher.hashPasswordForStorage("mischief-managed")).isNotEqualTo(hash);
    }

    @Test
    void should_do_the_same_work_for_nobody() {
        var hasher = new PasswordHasher(metrics, PasswordHasher.Cost.RECOMMENDED, 1, 1);
        var own = hasher.hashPasswordForStorage("mischief-managed");
        hasher.matchesHashOfPassword("warm up", own);
        var timer = metrics.get("identity.password.hash").timer();
        var before = timer.count();

        assertThat(hasher.matchesHashOfNobody("mischief-managed")).isFalse();

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
                    return hasher.hashPasswordForStorage("mischief-managed");
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
}
