package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.Api.Session;
import org.maraudersmap.server.support.OwnProductTest;
import org.maraudersmap.server.support.RecordedEvents;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

@OwnProductTest
@TestPropertySource(properties = {"FIRST_ADMIN=Minerva@Hogwarts.edu", "DEMO_DATA=off"})
class FirstAdminTest {
    private static final String PASSWORD = "mischief-managed";
    private static final String MINERVA = "minerva@hogwarts.edu";

    private final Api api;
    private final JdbcClient jdbc;
    private final FirstAdmin firstAdmin;
    private final RecordedEvents events;

    FirstAdminTest(Api api, JdbcClient jdbc, FirstAdmin firstAdmin) {
        this.api = api;
        this.jdbc = jdbc;
        this.firstAdmin = firstAdmin;
        this.events = new RecordedEvents(jdbc, "auth-events");
    }

    @AfterEach
    void removeEveryone() {
        jdbc.sql("delete from users").update();
        jdbc.sql("delete from first_admin_links").update();
    }

    private Session minerva() {
        api.post(
                "/api/auth/register",
                null,
                Map.of("email", MINERVA, "password", PASSWORD, "firstName", "Minerva", "lastName", "McGonagall"));
        return api.login(MINERVA, PASSWORD);
    }

    /** As the start prints it. */
    private String tokenOfLink() {
        var notice = firstAdmin.describeWhatIsToDo("http://localhost:4001").orElseThrow();
        assertThat(notice).contains("Minerva@Hogwarts.edu", "http://localhost:4001/first-admin#token=");
        return notice.replaceAll("(?s).*#token=([A-Za-z0-9_-]+).*", "$1");
    }

    private Answer claim(Session session, String token) {
        return api.post("/api/auth/first-admin", session.accessToken(), Map.of("token", token));
    }

    private void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
    }

    private String roleOf(Session session) {
        return api.get("/api/auth/me", session.accessToken()).body().path("user").path("role").asString();
    }

    @Test
    void should_make_admin_whoever_has_the_link_and_the_mail() {
        var minerva = minerva();

        var answer = claim(minerva, tokenOfLink());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("user").path("role").asString()).isEqualTo("ADMIN");
        assertThat(roleOf(minerva)).isEqualTo("ADMIN");
        assertThat(events.last(minerva.userId().toString()).eventType()).isEqualTo("user.role_changed");
        assertThat(firstAdmin.describeWhatIsToDo("http://localhost:4001")).as("there is one now").isEmpty();
    }

    @Test
    void should_make_nobody_admin_who_has_only_registered_the_mail() {
        var minerva = minerva();
        tokenOfLink();

        assertThat(roleOf(minerva)).isEqualTo("STUDENT");
        assertRefused(claim(minerva, "alohomora"));
        assertThat(roleOf(minerva)).isEqualTo("STUDENT");
    }

    @Test
    void should_make_nobody_admin_who_has_only_the_link() {
        var other = api.registerStudent();
        var token = tokenOfLink();

        assertRefused(claim(other, token));

        assertThat(roleOf(other)).isEqualTo("STUDENT");
        assertThat(claim(minerva(), token).status()).as("nor is it spent by that").isEqualTo(200);
    }

    @Test
    void should_take_a_link_once() {
        var minerva = minerva();
        var token = tokenOfLink();
        var second = tokenOfLink();
        assertThat(claim(minerva, token).status()).isEqualTo(200);
        jdbc.sql("update users set role = 'STUDENT'").update();

        assertRefused(claim(minerva, token));
        assertRefused(claim(minerva, second));
    }

    @Test
    void should_take_no_link_that_has_expired() {
        var minerva = minerva();
        var token = tokenOfLink();
        jdbc.sql("update first_admin_links set expires_at = ?")
                .param(Instant.now().minus(Duration.ofSeconds(1)).atOffset(ZoneOffset.UTC))
                .update();

        assertRefused(claim(minerva, token));
    }

    @Test
    void should_take_no_link_while_there_is_an_admin() {
        var minerva = minerva();
        var token = tokenOfLink();
        var albus = api.registerStudent();
        jdbc.sql("update users set role = 'ADMIN' where id = ?").param(albus.userId()).update();

        assertRefused(claim(minerva, token));
    }

    @Test
    void should_not_count_admins_who_cannot_log_in() {
        var demo = api.registerStudent();
        jdbc.sql("update users set role = 'ADMIN', is_demo = true where id = ?").param(demo.userId()).update();

        assertThat(claim(minerva(), tokenOfLink()).status()).isEqualTo(200);
    }

    @Test
    void should_keep_only_a_hash_of_the_link() {
        var token = tokenOfLink();

        var row = jdbc.sql("select l::text from first_admin_links l").query(String.class).list();

        assertThat(row).isNotEmpty().noneMatch(text -> text.contains(token));
    }
}
