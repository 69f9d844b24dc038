package org.maraudersmap.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;

class UserAllowanceTest {
    private final UserAllowance changes = new UserAllowance("changes", 3, Duration.ofHours(1));

    @Test
    void should_refuse_what_is_too_much_and_say_when_there_is_more() {
        var greedy = UUID.randomUUID();
        for (var change = 0; change < 3; change++) {
            changes.take(greedy);
        }

        assertThatThrownBy(() -> changes.take(greedy)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.RATE_LIMITED);
            assertThat(problem.detail()).contains("at most 3 changes in 60 min");
            assertThat(problem.retryAfter().orElseThrow()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(20));
        });
        changes.take(UUID.randomUUID());
    }
}
