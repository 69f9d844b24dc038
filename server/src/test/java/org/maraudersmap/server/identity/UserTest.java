package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.ProductTest;
import org.maraudersmap.server.support.RecordedEvents;
import org.springframework.jdbc.core.simple.JdbcClient;

@ProductTest
class UserTest {
    private final Api api;
    private final UserDirectory directory;
    private final RecordedEvents events;

    UserTest(Api api, UserDirectory directory, JdbcClient jdbc) {
        this.api = api;
        this.directory = directory;
        this.events = new RecordedEvents(jdbc, "auth-events");
    }

    private Api.Session register(String local, String firstName, String lastName) {
        var answer = api.post(
                "/api/auth/register",
                null,
                Map.of(
                        "email",
                        local + "@hogwarts.edu",
                        "password",
                        "mischief-managed",
                        "firstName",
                        firstName,
                        "lastName",
                        lastName));
        assertThat(answer.status()).isEqualTo(201);
        return new Api.Session(
                UUID.fromString(answer.body().path("user").path("id").asString()),
                answer.body().path("user").path("email").asString(),
                answer.body().path("user").path("handle").asString(),
                answer.body().path("accessToken").asString(),
                answer.body().path("refreshToken").asString());
    }

    private Answer search(Api.Session session, String query) {
        return api.get("/api/users" + query, session.accessToken());
    }

    private static List<String> handles(Answer answer) {
        var handles = new ArrayList<String>();
        answer.body().path("users").forEach(user -> handles.add(user.path("handle").asString()));
        return handles;
    }

    private Answer changeRole(String token, Object user, Object body) {
        return api.send("PUT", "/api/users/" + user + "/role", token, body);
    }

    @Test
    void should_find_users_by_name_and_handle() {
        var mark = UUID.randomUUID().toString().substring(0, 8);
        var session = register("padma." + mark, "Padma", "Patil" + mark);
        register("parvati." + mark, "Parvati", "Patil" + mark);

        assertThat(handles(search(session, "?q=PATIL" + mark))).containsExactly("padma." + mark, "parvati." + mark);
        assertThat(handles(search(session, "?q=Parvati%20Patil" + mark))).containsExactly("parvati." + mark);
        assertThat(handles(search(session, "?q=pad%20" + mark))).containsExactly("padma." + mark);
        assertThat(handles(search(session, "?q=adma." + mark))).as("not by the middle of a word").isEmpty();
        assertThat(handles(search(session, "?q=p%C3%A1dma." + mark))).containsExactly("padma." + mark);
        var answer = search(session, "?q=padma." + mark);
        assertThat(answer.text()).doesNotContain("hash", "argon2");
        assertThat(answer.header("Log-Position")).isPresent();
        assertThat(api.get("/api/auth/me", session.accessToken()).header("Log-Epoch")).isPresent();
    }

    @Test
    void should_page_through_everyone_once() {
        var mark = UUID.randomUUID().toString().substring(0, 8);
        var session = register("page1." + mark, "Page", mark);
        for (var number = 2; number <= 5; number++) {
            register("page" + number + "." + mark, "Page", mark);
        }

        var all = new ArrayList<String>();
        var cursor = "";
        do {
            var page = search(session, "?limit=2&q=" + mark + "&cursor=" + cursor);
            assertThat(page.body().path("count").asInt()).isEqualTo(handles(page).size()).isLessThanOrEqualTo(2);
            all.addAll(handles(page));
            cursor = page.body().path("nextCursor").asString("");
        } while (!cursor.isEmpty());

        assertThat(all).containsExactly(
                "page1." + mark, "page2." + mark, "page3." + mark, "page4." + mark, "page5." + mark);
        assertThat(search(session, "?limit=5&q=" + mark).body().path("nextCursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=201", "?limit=-1", "?limit=many", "?limit=99999999999",
            "?cursor=%3F%3F", "?cursor=SEFSUlk", "?q=%00"})
    void should_refuse_parameters_that_cannot_be_used(String query) {
        var answer = search(api.registerStudent(), query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_PARAMETER");
    }

    @Test
    void should_give_a_user_another_role_at_once() {
        var admin = api.loginAdmin();
        var student = api.registerStudent();
        assertThat(changeRole(student.accessToken(), student.userId(), Map.of("role", "PREFECT")).status())
                .isEqualTo(403);

        var answer = changeRole(admin.accessToken(), student.userId(), Map.of("role", "ADMIN"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("user").path("role").asString()).isEqualTo("ADMIN");
        // The token that says STUDENT is an administrator's now, and no longer when he is demoted.
        var other = api.registerStudent();
        assertThat(changeRole(student.accessToken(), other.userId(), Map.of("role", "PREFECT")).status())
                .isEqualTo(200);
        assertThat(changeRole(admin.accessToken(), student.userId(), Map.of("role", "AUROR")).status())
                .isEqualTo(200);
        assertThat(changeRole(student.accessToken(), other.userId(), Map.of("role", "STUDENT")).status())
                .isEqualTo(403);
        var recorded = events.last(student.userId().toString());
        assertThat(recorded.eventType()).isEqualTo("user.role_changed");
        assertThat(recorded.userId()).isEqualTo(admin.userId());
        assertThat(recorded.data().path("previousRole").asString()).isEqualTo("ADMIN");
        assertThat(recorded.data().path("role").asString()).isEqualTo("AUROR");
    }

    @Test
    void should_record_nothing_when_the_role_stays() {
        var student = api.registerStudent();

        var answer = changeRole(api.loginAdmin().accessToken(), student.userId(), Map.of("role", "STUDENT"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(events.typesOfKey(student.userId().toString())).containsExactly("user.registered");
    }

    @Test
    void should_refuse_unknown_users_and_unknown_roles() {
        var token = api.loginAdmin().accessToken();
        var student = api.registerStudent();

        assertThat(changeRole(token, UUID.randomUUID(), Map.of("role", "AUROR")).status()).isEqualTo(404);
        assertThat(changeRole(token, "harry", Map.of("role", "AUROR")).code()).isEqualTo("INVALID_PARAMETER");
        assertThat(changeRole(token, student.userId(), Map.of()).code()).isEqualTo("VALIDATION_FAILED");
        var wrong = changeRole(token, student.userId(), Map.of("role", "MUGGLE"));
        assertThat(wrong.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(wrong.text()).contains("STUDENT, PREFECT, AUROR, ADMIN");
    }

    @Test
    void should_tell_other_modules_who_there_is() {
        var first = api.registerStudent();
        var second = api.registerStudent();
        var nobody = UUID.randomUUID();

        assertThat(directory.findUserSnapshotsByIds(List.of(first.userId(), second.userId(), nobody)))
                .containsOnlyKeys(first.userId(), second.userId());
        assertThat(directory.findUserSnapshotsByIds(List.of())).isEmpty();
        assertThat(directory.findUserSnapshotById(first.userId())).hasValueSatisfying(user -> {
            assertThat(user.userId()).isEqualTo(first.userId());
            assertThat(user.name()).isEqualTo("Neville Longbottom");
        });
        assertThat(directory.findUserSnapshotById(nobody)).isEmpty();
        assertThat(directory.findUserSnapshotsByHandles(List.of("Harry.Potter", "nobody.at.all")))
                .containsOnlyKeys("harry.potter");
        assertThat(directory.findUserSnapshotsByHandles(List.of())).isEmpty();
        assertThat(directory.findUserSnapshotByEmail("HARRY.potter@hogwarts.edu")).isPresent();
        assertThat(directory.findUserSnapshotsByRole(Role.AUROR)).extracting("handle").contains("alastor.moody");
    }
}
