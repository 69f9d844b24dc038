package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.support.TestDatabase;
import org.springframework.mock.env.MockEnvironment;

class FirstAdminTest {
    private final TestDatabase database = new TestDatabase();
    private final UserRepository users = new UserRepository(database.jdbc());
    private final List<NewEvent> recorded = new ArrayList<>();

    @AfterEach
    void close() {
        database.close();
    }

    private User registered(String handle, Role role, boolean isDemo) {
        var account = new NewAccount(
                handle + "@hogwarts.edu", "First", "Last", role, null, "no hash", isDemo, Instant.now());
        return users.insertAccountUnlessTaken(account, handle).orElseThrow().user();
    }

    private void startWith(String email, String demoData) {
        var settings = new Settings(
                new MockEnvironment().withProperty("FIRST_ADMIN", email).withProperty("DEMO_DATA", demoData));
        new FirstAdmin(users, new AuthEvents(recorded::addAll), database.transaction(), settings).afterPropertiesSet();
    }

    private Role roleOf(User user) {
        return users.findAccountOfUserId(user.id()).orElseThrow().user().role();
    }

    @Test
    void should_make_the_named_user_admin_where_there_is_none() {
        var minerva = registered("minerva", Role.STUDENT, false);
        var other = registered("other", Role.STUDENT, false);

        startWith("Minerva@Hogwarts.edu", "off");

        assertThat(roleOf(minerva)).isEqualTo(Role.ADMIN);
        assertThat(roleOf(other)).isEqualTo(Role.STUDENT);
        assertThat(recorded).extracting(NewEvent::type).containsExactly("user.role_changed");
    }

    @Test
    void should_not_count_admins_who_cannot_log_in() {
        registered("demo", Role.ADMIN, true);
        var minerva = registered("minerva", Role.STUDENT, false);

        startWith("minerva@hogwarts.edu", "off");

        assertThat(roleOf(minerva)).isEqualTo(Role.ADMIN);
    }

    @Test
    void should_change_nothing_where_there_is_an_admin() {
        registered("albus", Role.ADMIN, false);
        var minerva = registered("minerva", Role.STUDENT, false);

        startWith("minerva@hogwarts.edu", "off");

        assertThat(roleOf(minerva)).isEqualTo(Role.STUDENT);
        assertThat(recorded).isEmpty();
    }

    @Test
    void should_start_although_nobody_has_the_mail() {
        startWith("nobody@hogwarts.edu", "off");

        assertThat(recorded).isEmpty();
    }
}
