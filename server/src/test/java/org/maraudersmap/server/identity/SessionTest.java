package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.ProductTest;
import org.maraudersmap.server.support.RecordedEvents;
import org.springframework.jdbc.core.simple.JdbcClient;

@ProductTest
class SessionTest {
    private static final String PASSWORD = "mischief-managed";

    private final Api api;
    private final JdbcClient jdbc;
    private final RecordedEvents events;

    SessionTest(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
        this.events = new RecordedEvents(jdbc, "auth-events");
    }

    private Answer refresh(String refreshToken) {
        return api.post("/api/auth/refresh", null, Map.of("refreshToken", refreshToken));
    }

    private int logout(String refreshToken) {
        return api.post("/api/auth/logout", null, Map.of("refreshToken", refreshToken)).status();
    }

    private Answer changePassword(String accessToken, String oldPassword, String newPassword) {
        return api.send(
                "PUT",
                "/api/auth/change-password",
                accessToken,
                Map.of("oldPassword", oldPassword, "newPassword", newPassword));
    }

    private int me(String accessToken) {
        return api.get("/api/auth/me", accessToken).status();
    }

    private static String accessToken(Answer answer) {
        return answer.body().path("accessToken").asString();
    }

    private static String refreshToken(Answer answer) {
        return answer.body().path("refreshToken").asString();
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(tasks).stream().map(Future::resultNow).toList();
        }
    }

    @Test
    void should_rotate_the_tokens_and_stay_in_the_session() {
        var session = api.registerStudent();

        var first = refresh(session.refreshToken());
        var second = refresh(refreshToken(first));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Cache-Control")).contains("no-store");
        assertThat(first.body().path("user").path("id").asString()).isEqualTo(session.userId().toString());
        assertThat(second.status()).isEqualTo(200);
        assertThat(List.of(session.refreshToken(), refreshToken(first), refreshToken(second))).doesNotHaveDuplicates();
        assertThat(me(session.accessToken())).isEqualTo(200);
        assertThat(me(accessToken(second))).isEqualTo(200);
        assertThat(events.typesOfKey(session.userId().toString()))
                .containsExactly("user.registered", "token.refreshed", "token.refreshed");
    }

    @Test
    void should_keep_only_a_hash_of_refresh_tokens() {
        var session = api.registerStudent();

        var row = jdbc.sql("select t::text from refresh_tokens t where user_id = ?")
                .param(session.userId())
                .query(String.class)
                .single();

        assertThat(row).doesNotContain(session.refreshToken())
                .doesNotContain(session.refreshToken().split("\\.", 3)[2])
                .doesNotContain(session.refreshToken().split("\\.", 3)[1]);
    }

    @Test
    void should_revoke_the_whole_family_when_a_token_is_used_again() {
        var session = api.registerStudent();
        var other = api.login(session.email(), PASSWORD);
        var first = refresh(session.refreshToken());
        assertThat(me(accessToken(first))).isEqualTo(200);

        var reused = refresh(session.refreshToken());

        assertThat(reused.status()).isEqualTo(401);
        assertThat(reused.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(refresh(refreshToken(first)).status()).isEqualTo(401);
        assertThat(me(accessToken(first))).isEqualTo(401);
        assertThat(me(session.accessToken())).isEqualTo(401);
        assertThat(me(other.accessToken())).as("another login of his").isEqualTo(200);
        assertThat(refresh(other.refreshToken()).status()).isEqualTo(200);
        var recorded = events.ofKey(session.userId().toString());
        assertThat(recorded).extracting("eventType")
                .containsExactly(
                        "user.registered",
                        "user.logged_in",
                        "token.refreshed",
                        "token.reuse_detected",
                        "token.refreshed");
        assertThat(recorded.get(3).userId()).isNull();
        assertThat(recorded.get(3).data().path("userId").asString()).isEqualTo(session.userId().toString());
    }

    @Test
    void should_detect_a_reuse_once() {
        var session = api.registerStudent();
        assertThat(me(accessToken(refresh(session.refreshToken())))).isEqualTo(200);
        for (var time = 0; time < 3; time++) {
            assertThat(refresh(session.refreshToken()).status()).isEqualTo(401);
        }

        assertThat(events.typesOfKey(session.userId().toString())).containsOnlyOnce("token.reuse_detected");
    }

    @Test
    void should_leave_one_good_pair_of_many_refreshes_at_once() throws InterruptedException {
        for (var round = 0; round < 5; round++) {
            var session = api.registerStudent();

            var answers = atOnce(
                    IntStream.range(0, 6).<Callable<Answer>>mapToObj(_ -> () -> refresh(session.refreshToken()))
                            .toList());

            assertThat(answers).extracting(Answer::status).containsOnly(200);
            var good = answers.stream().filter(answer -> me(accessToken(answer)) == 200).toList();
            assertThat(good).hasSize(1);
            assertThat(refresh(refreshToken(good.getFirst())).status()).isEqualTo(200);
        }
    }

    @Test
    void should_bring_another_pair_when_a_refresh_is_repeated_as_its_answer_was_lost() {
        var session = api.registerStudent();
        var lost = refresh(session.refreshToken());

        var repeated = refresh(session.refreshToken());

        assertThat(repeated.status()).isEqualTo(200);
        assertThat(me(accessToken(lost))).as("the first pair ends").isEqualTo(401);
        assertThat(me(accessToken(repeated))).isEqualTo(200);
        assertThat(refresh(refreshToken(repeated)).status()).isEqualTo(200);
        assertThat(events.typesOfKey(session.userId().toString())).doesNotContain("token.reuse_detected");
    }

    @Test
    void should_revoke_the_family_when_what_a_repeat_has_ended_is_shown() {
        var session = api.registerStudent();
        var lost = refresh(session.refreshToken());
        var repeated = refresh(session.refreshToken());

        assertThat(refresh(refreshToken(lost)).status()).isEqualTo(401);

        assertThat(me(accessToken(repeated))).isEqualTo(401);
        assertThat(refresh(refreshToken(repeated)).status()).isEqualTo(401);
        assertThat(events.typesOfKey(session.userId().toString())).containsOnlyOnce("token.reuse_detected");
    }

    @Test
    void should_revoke_the_family_when_a_refresh_is_repeated_after_its_refresh_token_was_used() {
        var session = api.registerStudent();
        var second = refresh(refreshToken(refresh(session.refreshToken())));

        assertThat(refresh(session.refreshToken()).status()).isEqualTo(401);

        assertThat(me(accessToken(second))).isEqualTo(401);
    }

    @Test
    void should_revoke_the_family_when_a_refresh_is_repeated_too_late() {
        var session = api.registerStudent();
        var first = refresh(session.refreshToken());
        jdbc.sql("update refresh_tokens set used_at = used_at - interval '30 s' where user_id = ?")
                .param(session.userId())
                .update();

        assertThat(refresh(session.refreshToken()).status()).isEqualTo(401);

        assertThat(me(accessToken(first))).isEqualTo(401);
        assertThat(events.typesOfKey(session.userId().toString())).containsOnlyOnce("token.reuse_detected");
    }

    @Test
    void should_end_the_family_when_a_refresh_is_repeated_without_end() {
        var session = api.registerStudent();

        var statuses = IntStream.range(0, 25).map(_ -> refresh(session.refreshToken()).status()).boxed().toList();

        assertThat(statuses.subList(0, 20)).containsOnly(200);
        assertThat(statuses.getLast()).isEqualTo(401);
    }

    @Test
    void should_refuse_what_is_no_refresh_token() {
        var session = api.registerStudent();

        assertThat(refresh(session.accessToken()).code()).isEqualTo("UNAUTHENTICATED");
        assertThat(refresh("alohomora").code()).isEqualTo("UNAUTHENTICATED");
        assertThat(api.post("/api/auth/refresh", null, Map.of()).code()).isEqualTo("VALIDATION_FAILED");
        assertThat(api.sendText("POST", "/api/auth/refresh", null, "{").code()).isEqualTo("MALFORMED_JSON");
    }

    @Test
    void should_refuse_a_refresh_token_that_the_database_no_longer_has() {
        var session = api.registerStudent();
        jdbc.sql("delete from refresh_tokens where user_id = ?").param(session.userId()).update();

        assertThat(refresh(session.refreshToken()).status()).isEqualTo(401);
    }

    @Test
    void should_end_the_session_and_its_access_tokens_at_logout() {
        var session = api.registerStudent();
        var other = api.login(session.email(), PASSWORD);
        var next = refresh(session.refreshToken());
        assertThat(me(session.accessToken())).isEqualTo(200);
        assertThat(me(accessToken(next))).isEqualTo(200);

        assertThat(logout(refreshToken(next))).isEqualTo(204);

        assertThat(me(session.accessToken())).isEqualTo(401);
        assertThat(me(accessToken(next))).isEqualTo(401);
        assertThat(refresh(refreshToken(next)).status()).isEqualTo(401);
        assertThat(me(other.accessToken())).isEqualTo(200);
        assertThat(events.last(session.userId().toString()).eventType()).isEqualTo("user.logged_out");
        assertThat(events.last(session.userId().toString()).userId()).isEqualTo(session.userId());
    }

    @Test
    void should_answer_204_to_any_logout_and_record_it_once() {
        var session = api.registerStudent();

        assertThat(logout(session.refreshToken())).isEqualTo(204);
        assertThat(logout(session.refreshToken())).isEqualTo(204);
        assertThat(logout("alohomora")).isEqualTo(204);
        assertThat(api.post("/api/auth/logout", null, Map.of()).status()).isEqualTo(204);
        assertThat(api.send("POST", "/api/auth/logout", null, null).status()).isEqualTo(204);

        assertThat(events.typesOfKey(session.userId().toString())).containsExactly("user.registered",
                "user.logged_out");
    }

    @Test
    void should_change_the_password_and_end_all_other_sessions() {
        var session = api.registerStudent();
        var other = api.login(session.email(), PASSWORD);
        assertThat(me(other.accessToken())).isEqualTo(200);

        var answer = changePassword(session.accessToken(), PASSWORD, "i-solemnly-swear");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(me(other.accessToken())).isEqualTo(401);
        assertThat(refresh(other.refreshToken()).status()).isEqualTo(401);
        assertThat(me(session.accessToken())).isEqualTo(200);
        assertThat(refresh(session.refreshToken()).status()).isEqualTo(200);
        var old = api.post("/api/auth/login", null, Map.of("email", session.email(), "password", PASSWORD));
        assertThat(old.status()).isEqualTo(401);
        assertThat(api.login(session.email(), "i-solemnly-swear").userId()).isEqualTo(session.userId());
        assertThat(events.typesOfKey(session.userId().toString())).containsOnlyOnce("user.logged_out");
    }

    @Test
    void should_refuse_a_wrong_old_password_and_a_weak_or_equal_new_one() {
        var session = api.registerStudent();

        var wrong = changePassword(session.accessToken(), "alohomora", "i-solemnly-swear");
        var weak = changePassword(session.accessToken(), PASSWORD, "short");
        var same = changePassword(session.accessToken(), PASSWORD, PASSWORD);
        var anonymous = api.send("PUT", "/api/auth/change-password", null, Map.of());

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("BAD_CREDENTIALS");
        assertThat(weak.status()).isEqualTo(400);
        assertThat(weak.body().path("errors").path(0).path("field").asString()).isEqualTo("newPassword");
        assertThat(same.status()).isEqualTo(400);
        assertThat(same.body().path("errors").path(0).path("field").asString()).isEqualTo("newPassword");
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(api.login(session.email(), PASSWORD).userId()).isEqualTo(session.userId());
    }

    @Test
    void should_let_one_of_two_password_changes_at_once_win() throws InterruptedException {
        var session = api.registerStudent();

        var statuses = atOnce(
                List.<Callable<Integer>>of(
                        () -> changePassword(session.accessToken(), PASSWORD, "first-new-one").status(),
                        () -> changePassword(session.accessToken(), PASSWORD, "second-new-one").status()));

        assertThat(statuses).containsExactlyInAnyOrder(204, 401);
    }

    @Test
    void should_refuse_even_the_right_password_after_ten_wrong_ones() {
        var session = api.registerStudent();
        var wrong = Map.of("email", session.email(), "password", "alohomora");
        for (var time = 0; time < 10; time++) {
            assertThat(api.post("/api/auth/login", null, wrong).status()).isEqualTo(401);
        }

        var refused = api.post("/api/auth/login", null, Map.of("email", session.email(), "password", PASSWORD));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow())).isBetween(1, 900);
        assertThat(changePassword(session.accessToken(), PASSWORD, "i-solemnly-swear").status()).isEqualTo(429);
        assertThat(api.registerStudent().userId()).isNotEqualTo(session.userId());
        assertThat(events.typesOfKey(session.userId().toString())).hasSize(11);
    }

    @Test
    void should_learn_nothing_from_guesses_beyond_the_limit_however_they_are_sent() throws InterruptedException {
        var email = "guess." + UUID.randomUUID() + "@hogwarts.edu";

        var statuses = atOnce(
                IntStream.range(0, 16)
                        .<Callable<Integer>>mapToObj(
                                number -> () -> api.post(
                                        "/api/auth/login",
                                        null,
                                        Map.of("email", email, "password", "guess " + number)).status())
                        .toList());

        assertThat(statuses).containsOnly(401, 429);
        assertThat(statuses.stream().filter(status -> status == 401)).hasSizeLessThanOrEqualTo(10);
    }
}
