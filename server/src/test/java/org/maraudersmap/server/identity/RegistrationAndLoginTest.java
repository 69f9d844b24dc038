package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.maraudersmap.server.support.RecordedEvents;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

@ProductTest
class RegistrationAndLoginTest {
    private static final String PASSWORD = "mischief-managed";

    private final Api api;
    private final JdbcClient jdbc;
    private final MeterRegistry metrics;
    private final RecordedEvents events;

    RegistrationAndLoginTest(Api api, JdbcClient jdbc, MeterRegistry metrics) {
        this.api = api;
        this.jdbc = jdbc;
        this.metrics = metrics;
        this.events = new RecordedEvents(jdbc, "auth-events");
    }

    private static Map<String, Object> registration(String email) {
        return new HashMap<>(
                Map.of("email", email, "password", PASSWORD, "firstName", "Ginny", "lastName", "Weasley"));
    }

    private static String newEmail() {
        return "ginny." + UUID.randomUUID() + "@hogwarts.edu";
    }

    @Test
    void should_register_a_student_and_sign_him_in() {
        var email = "Ginny." + UUID.randomUUID() + "@Hogwarts.edu";
        var registration = registration(email);
        registration.put("house", "GRYFFINDOR");
        registration.put("role", "ADMIN");

        var answer = api.post("/api/auth/register", null, registration);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        var user = answer.body().path("user");
        assertThat(user.path("email").asString()).isEqualTo(email);
        assertThat(user.path("handle").asString())
                .isEqualTo(email.substring(0, email.indexOf('@')).toLowerCase(Locale.ROOT));
        assertThat(user.path("name").asString()).isEqualTo("Ginny Weasley");
        assertThat(user.path("role").asString()).isEqualTo("STUDENT");
        assertThat(user.path("house").asString()).isEqualTo("GRYFFINDOR");
        assertThat(user.path("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(answer.text()).doesNotContain("hash", "argon2", PASSWORD);
        var me = api.get("/api/auth/me", answer.body().path("accessToken").asString());
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.body().path("user")).isEqualTo(user);
    }

    @Test
    void should_keep_only_an_argon2id_hash_of_the_password() {
        var session = api.registerStudent();

        var hash = jdbc.sql("select password_hash from users where id = ?").param(session.userId()).query(String.class)
                .single();

        assertThat(hash).startsWith("$argon2id$v=19$m=64,t=1,p=1$").doesNotContain(PASSWORD);
    }

    /** Tests replace it by a cheap one. */
    @Test
    void should_spend_on_a_hash_what_is_recommended(@Qualifier("costOfPasswordHash") PasswordHasher.Cost cost) {
        var hasher = new PasswordHasher(new SimpleMeterRegistry(), cost, 1, 1);

        assertThat(hasher.hashPasswordForStorage(PASSWORD, PasswordHasher.Claimant.product()))
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void should_refuse_a_mail_that_is_taken_in_any_case() {
        var email = newEmail();
        assertThat(api.post("/api/auth/register", null, registration(email)).status()).isEqualTo(201);

        var answer = api.post("/api/auth/register", null, registration(email.toUpperCase(Locale.ROOT)));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("CONFLICT");
    }

    @Test
    void should_number_handles_of_the_same_local_part() {
        var local = "fred." + UUID.randomUUID();

        var handles = List.of("a.example.org", "b.example.org", "c.example.org")
                .stream()
                .map(domain -> api.post("/api/auth/register", null, registration(local + "@" + domain)))
                .map(answer -> answer.body().path("user").path("handle").asString())
                .toList();

        assertThat(handles).containsExactly(local, local + "2", local + "3");
    }

    @Test
    void should_give_everyone_a_handle_of_his_own_when_many_register_at_once() throws Exception {
        var local = "george." + UUID.randomUUID();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(
                    IntStream.range(0, 8).<java.util.concurrent.Callable<Api.Answer>>mapToObj(
                            number -> () -> api.post(
                                    "/api/auth/register",
                                    null,
                                    registration(local + "@" + number + ".example.org")))
                            .toList());

            var handles = new java.util.HashSet<String>();
            for (var answer : answers) {
                assertThat(answer.get().status()).isEqualTo(201);
                handles.add(answer.get().body().path("user").path("handle").asString());
            }
            assertThat(handles).hasSize(8).allMatch(handle -> handle.matches(local + "[2-9]?"));
        }
    }

    @Test
    void should_let_one_of_many_register_the_same_mail() throws Exception {
        var email = newEmail();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(
                    IntStream.range(0, 5).<java.util.concurrent.Callable<Integer>>mapToObj(
                            _ -> () -> api.post("/api/auth/register", null, registration(email)).status())
                            .toList());
            var statuses = answers.stream().map(java.util.concurrent.Future::resultNow).toList();

            assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        }
    }

    @ParameterizedTest
    @CsvSource({"harry+map@hogwarts.edu, harry-map", "_.dots.@hogwarts.edu, dots", "'O''Hara@hogwarts.edu', o-hara",
            "!!!@hogwarts.edu, user", "Ron.Weasley@hogwarts.edu, ron.weasley"})
    void should_make_handles_that_can_be_mentioned(String email, String handle) {
        assertThat(AccountService.makeStemOfHandle(email)).isEqualTo(handle);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            email     | not-a-mail
            email     | nobody@nowhere
            email     | a b@hogwarts.edu
            email     |
            password  | 1234567
            password  |
            password  | '          '
            firstName | '  '
            firstName |
            lastName  |
            lastName  | "a\\u0000b"
            house     | DURMSTRANG
            """)
    void should_refuse_a_registration_with_a_wrong_field(String field, String value) {
        var registration = registration(newEmail());
        registration.put(field, value == null ? null : value.replace("\"a\\u0000b\"", "a\u0000b"));

        var answer = api.post("/api/auth/register", null, registration);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(answer.body().path("errors").path(0).path("field").asString()).isEqualTo(field);
    }

    @Test
    void should_refuse_text_that_cannot_be_kept() {
        var email = newEmail();
        for (var text : List.of("\\ud800", "a\\u0000", "\\n")) {
            var registration = """
                    {"email": "%s", "password": "mischief-managed", "firstName": "%s", "lastName": "Weasley"}
                    """.formatted(email, text);
            var login = "{\"email\": \"abc%s\", \"password\": \"mischief-managed\"}".formatted(text);

            assertThat(api.sendText("POST", "/api/auth/register", null, registration).code())
                    .isEqualTo("VALIDATION_FAILED");
            assertThat(api.sendText("POST", "/api/auth/login", null, login).code()).isEqualTo("VALIDATION_FAILED");
        }
    }

    @Test
    void should_refuse_an_endless_mail_without_harm() {
        for (var email : List.of("a@" + "a.".repeat(50_000), "a@" + "a-".repeat(50_000),
                "a".repeat(100_000) + "@b.c")) {
            assertThat(api.post("/api/auth/register", null, registration(email)).code())
                    .isEqualTo("VALIDATION_FAILED");
        }
    }

    @Test
    void should_refuse_fields_of_another_type() {
        var registration = registration(newEmail());
        registration.put("firstName", 7);

        var answer = api.post("/api/auth/register", null, registration);

        assertThat(answer.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(answer.body().path("errors").path(0).path("field").asString()).isEqualTo("firstName");
        assertThat(api.post("/api/auth/login", null, List.of("admin")).code()).isEqualTo("VALIDATION_FAILED");
        assertThat(api.sendText("POST", "/api/auth/login", null, "{\"email\":").code()).isEqualTo("MALFORMED_JSON");
        assertThat(api.send("POST", "/api/auth/login", null, null).status()).isEqualTo(400);
    }

    @Test
    void should_describe_its_routes_as_they_are() {
        var description = api.get("/v3/api-docs", "").body();
        var paths = description.path("paths");

        assertThat(paths.path("/api/auth/register").path("post").path("responses").has("201")).isTrue();
        assertThat(paths.path("/api/auth/register").path("post").path("responses").has("200")).isFalse();
        assertThat(paths.path("/api/auth/logout").path("post").path("responses").has("204")).isTrue();
        assertThat(paths.path("/api/auth/change-password").path("put").path("responses").has("204")).isTrue();
        assertThat(paths.path("/api/auth/login").path("post").has("parameters")).isFalse();
    }

    @Test
    void should_take_passwords_of_8_to_128_characters() {
        for (var length : List.of(8, 128, 129)) {
            var registration = registration(newEmail());
            registration.put("password", "p".repeat(length));
            assertThat(api.post("/api/auth/register", null, registration).status())
                    .isEqualTo(length > 128 ? 400 : 201);
        }
    }

    @Test
    void should_log_in_whatever_the_case_of_the_mail() {
        var session = api.registerStudent();

        var login = api.login(session.email().toUpperCase(Locale.ROOT), PASSWORD);

        assertThat(login.userId()).isEqualTo(session.userId());
        assertThat(api.get("/api/auth/me", login.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void should_answer_the_same_for_an_unknown_mail_and_a_wrong_password() {
        var session = api.registerStudent();

        var wrongPassword = api.post(
                "/api/auth/login", null, Map.of("email", session.email(), "password", "alohomora"));
        var unknownMail = api.post("/api/auth/login", null, Map.of("email", newEmail(), "password", "alohomora"));

        assertThat(wrongPassword.status()).isEqualTo(401);
        assertThat(wrongPassword.code()).isEqualTo("BAD_CREDENTIALS");
        assertThat(unknownMail.text()).isEqualTo(wrongPassword.text());
        assertThat(unknownMail.status()).isEqualTo(wrongPassword.status());
    }

    @Test
    void should_hash_once_for_an_unknown_mail_as_for_a_wrong_password() {
        var session = api.registerStudent();
        var hashes = metrics.get("identity.password.hash").timer();

        var before = hashes.count();
        api.post("/api/auth/login", null, Map.of("email", session.email(), "password", "alohomora"));
        assertThat(hashes.count()).isEqualTo(before + 1);
        api.post("/api/auth/login", null, Map.of("email", newEmail(), "password", "alohomora"));
        assertThat(hashes.count()).isEqualTo(before + 2);
    }

    @Test
    void should_record_registration_login_and_failed_login_under_the_user() {
        var session = api.registerStudent();
        api.login(session.email(), PASSWORD);
        api.post("/api/auth/login", null, Map.of("email", session.email(), "password", "alohomora"));

        var recorded = events.ofKey(session.userId().toString());

        assertThat(recorded).extracting("eventType")
                .containsExactly("user.registered", "user.logged_in", "user.login_failed");
        assertThat(recorded.get(0).userId()).isEqualTo(session.userId());
        assertThat(recorded.get(0).data().path("role").asString()).isEqualTo("STUDENT");
        assertThat(recorded.get(1).metadata().actor()).isNotNull();
        assertThat(recorded.get(2).userId()).isNull();
        assertThat(recorded.get(2).data().path("userId").asString()).isEqualTo(session.userId().toString());
        assertThat(recorded.get(2).data().path("reason").asString()).isEqualTo("wrong password");
        assertThat(recorded.toString()).doesNotContain(PASSWORD, "alohomora", "argon2");
    }

    @Test
    void should_record_the_failed_login_of_an_unknown_mail_under_the_mail() {
        var email = newEmail();
        api.post("/api/auth/login", null, Map.of("email", email, "password", "alohomora"));

        var recorded = events.last(email);

        assertThat(recorded.eventType()).isEqualTo("user.login_failed");
        assertThat(recorded.data().path("email").asString()).isEqualTo(email);
        assertThat(recorded.data().has("userId")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"admin@example.com, admin123, ADMIN, admin",
            "alastor.moody@hogwarts.edu, mischief-managed, AUROR, alastor.moody",
            "hermione.granger@hogwarts.edu, mischief-managed, PREFECT, hermione.granger",
            "draco.malfoy@hogwarts.edu, mischief-managed, PREFECT, draco.malfoy",
            "harry.potter@hogwarts.edu, mischief-managed, STUDENT, harry.potter",
            "luna.lovegood@hogwarts.edu, mischief-managed, STUDENT, luna.lovegood"})
    void should_let_the_demo_users_log_in(String email, String password, String role, String handle) {
        var answer = api.post("/api/auth/login", null, Map.of("email", email, "password", password));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("user").path("role").asString()).isEqualTo(role);
        assertThat(answer.body().path("user").path("handle").asString()).isEqualTo(handle);
    }
}
