package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventRecorder;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.database.WordSearch;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.support.TestDatabase;
import org.springframework.mock.env.MockEnvironment;

class LastAdminTest {
    private final TestDatabase database = new TestDatabase();
    private final UserRepository users = new UserRepository(database.jdbc(), new WordSearch(database.jdbc()));

    @AfterEach
    void close() {
        database.close();
    }

    private UserService service(String demoData) {
        return new UserService(
                users,
                new AuthEvents(mock(EventRecorder.class)),
                mock(SessionChanges.class),
                database.transaction(),
                new Settings(new MockEnvironment().withProperty("DEMO_DATA", demoData)));
    }

    private User admin(String handle, boolean isDemo) {
        var account = new NewAccount(
                handle + "@hogwarts.edu", "First", "Last", Role.ADMIN, null, "no hash", isDemo, Instant.now());
        return users.insertAccountUnlessTaken(account, handle).orElseThrow().user();
    }

    private static Actor actor(User user) {
        return new Actor(user.toSnapshot(), user.role(), UUID.randomUUID(), Instant.MAX);
    }

    private void assertConflict(Callable<User> change) {
        assertThatThrownBy(change::call).isInstanceOfSatisfying(
                Problem.class, problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT));
    }

    @Test
    void should_never_take_the_role_of_the_last_admin() {
        var albus = admin("albus", false);

        assertConflict(() -> service("on").changeRoleOfUser(actor(albus), albus.id(), Role.AUROR));

        assertThat(users.findUsersInRoleOf(Role.ADMIN)).containsExactly(albus);
        assertThat(service("on").changeRoleOfUser(actor(albus), albus.id(), Role.ADMIN)).isEqualTo(albus);
    }

    @Test
    void should_not_count_a_demo_admin_who_cannot_log_in() {
        var albus = admin("albus", false);
        admin("demo", true);

        assertConflict(() -> service("off").changeRoleOfUser(actor(albus), albus.id(), Role.AUROR));
        assertThat(service("on").changeRoleOfUser(actor(albus), albus.id(), Role.AUROR).role()).isEqualTo(Role.AUROR);
    }

    @Test
    void should_leave_one_admin_when_two_demote_each_other_at_once() throws InterruptedException {
        for (var round = 0; round < 10; round++) {
            var albus = admin("albus" + round, false);
            var minerva = admin("minerva" + round, false);
            Callable<Boolean> first = () -> demote(albus, minerva);
            Callable<Boolean> second = () -> demote(minerva, albus);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                assertThat(threads.invokeAll(List.of(first, second))).extracting(Future::resultNow)
                        .containsExactlyInAnyOrder(true, false);
            }
            database.jdbc().sql("delete from users").update();
        }
    }

    private boolean demote(User actor, User other) {
        try {
            return service("on").changeRoleOfUser(actor(actor), other.id(), Role.STUDENT).role() == Role.STUDENT;
        } catch (Problem refused) {
            return false;
        }
    }
}
