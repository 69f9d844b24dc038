package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.identity.LoginThrottle.Attempt;
import org.maraudersmap.server.platform.ClientAddress;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.support.MovableClock;

class LoginThrottleTest {
    private static final ClientAddress HOME = address("192.0.2.1");

    private final MovableClock clock = new MovableClock();
    private final LoginThrottle throttle = new LoginThrottle(clock, 10, 1_000);

    private static ClientAddress address(String text) {
        return new ClientAddress(InetAddress.ofLiteral(text));
    }

    private void fail(int times, String email, ClientAddress address) {
        for (var time = 0; time < times; time++) {
            throttle.countFailureOfAttempt(new Attempt(email, address, false));
        }
    }

    private void assertRefused(String email, ClientAddress address) {
        assertThatThrownBy(() -> throttle.refuseAttemptAfterFailures(new Attempt(email, address, false)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.RATE_LIMITED));
    }

    private void assertLetOn(String email, ClientAddress address) {
        assertThatCode(() -> throttle.refuseAttemptAfterFailures(new Attempt(email, address, false)))
                .doesNotThrowAnyException();
    }

    @Test
    void should_refuse_a_mail_after_ten_failures_from_one_address_and_nowhere_else() {
        fail(5, "ron@hogwarts.edu", HOME);
        fail(4, "RON@hogwarts.edu", HOME);
        assertLetOn("ron@hogwarts.edu", HOME);

        fail(1, "ron@hogwarts.edu", HOME);

        assertRefused("ron@hogwarts.edu", HOME);
        assertLetOn("Ron@Hogwarts.edu", address("203.0.113.9"));
        assertLetOn("ginny@hogwarts.edu", HOME);
    }

    @Test
    void should_refuse_a_mail_after_a_thousand_failures_but_for_where_its_user_has_logged_in_before() {
        for (var number = 0; number < 100; number++) {
            fail(10, "ron@hogwarts.edu", address("198.51.100." + number));
        }
        assertRefused("ron@hogwarts.edu", address("203.0.113.9"));
        assertRefused("ron@hogwarts.edu", HOME);
        assertThatCode(() -> throttle.refuseAttemptAfterFailures(new Attempt("ron@hogwarts.edu", HOME, true)))
                .doesNotThrowAnyException();
    }

    @Test
    void should_count_what_is_tried_at_home_for_itself() {
        for (var number = 0; number < 10; number++) {
            throttle.countFailureOfAttempt(new Attempt("ron@hogwarts.edu", HOME, true));
        }
        assertThatThrownBy(() -> throttle.refuseAttemptAfterFailures(new Attempt("ron@hogwarts.edu", HOME, true)))
                .isInstanceOf(Problem.class);
        assertThat(throttle.countKeysInMemory()).isEqualTo(1);
    }

    @Test
    void should_refuse_an_address_after_a_hundred_failures_of_any_mail() {
        for (var number = 0; number < 99; number++) {
            fail(1, number + "@hogwarts.edu", HOME);
        }
        assertLetOn("new@hogwarts.edu", HOME);

        fail(1, "99@hogwarts.edu", HOME);

        assertRefused("new@hogwarts.edu", HOME);
        assertLetOn("new@hogwarts.edu", address("192.0.2.2"));
    }

    @Test
    void should_take_a_network_of_ip_v6_for_one_address() {
        for (var number = 0; number < 100; number++) {
            fail(1, number + "@hogwarts.edu", address("2001:db8:0:1::" + Integer.toHexString(number)));
        }

        assertRefused("new@hogwarts.edu", address("2001:db8:0:1:ffff::1"));
        assertLetOn("new@hogwarts.edu", address("2001:db8:0:2::1"));
    }

    @Test
    void should_let_the_next_attempt_on_when_the_oldest_failure_is_a_quarter_of_an_hour_old() {
        fail(1, "ron@hogwarts.edu", HOME);
        clock.moveOnBy(Duration.ofMinutes(5));
        fail(9, "ron@hogwarts.edu", HOME);
        var refused = catchThrowableOfType(
                Problem.class, () -> throttle.refuseAttemptAfterFailures(new Attempt("ron@hogwarts.edu", HOME, false)));
        assertThat(refused.retryAfter()).contains(Duration.ofMinutes(10));

        clock.moveOnBy(Duration.ofMinutes(10).minusMillis(1));
        assertRefused("ron@hogwarts.edu", HOME);
        clock.moveOnBy(Duration.ofMillis(1));
        assertLetOn("ron@hogwarts.edu", HOME);

        fail(1, "ron@hogwarts.edu", HOME);
        assertRefused("ron@hogwarts.edu", HOME);
        clock.moveOnBy(Duration.ofMinutes(15));
        assertLetOn("ron@hogwarts.edu", HOME);
    }

    @Test
    void should_forget_what_is_old_and_never_remember_more_than_it_may() {
        for (var number = 0; number < 5_000; number++) {
            fail(1, number + "@hogwarts.edu", address("192.0.2." + number % 250));
        }
        assertThat(throttle.countKeysInMemory()).isLessThanOrEqualTo(1_000);

        clock.moveOnBy(Duration.ofMinutes(15));
        fail(1, "ron@hogwarts.edu", HOME);

        assertThat(throttle.countKeysInMemory()).isEqualTo(3);
    }
}
