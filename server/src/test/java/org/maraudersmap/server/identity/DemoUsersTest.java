package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.platform.ClientAddress;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.transaction.support.TransactionTemplate;

/** The demo users exist here; beside the product, the parts of one with DEMO_DATA=off on the same database. */
@ProductTest
class DemoUsersTest {
    private static final ClientAddress HOME = new ClientAddress(InetAddress.ofLiteral("192.0.2.77"));
    private static final String HARRY = "harry.potter@hogwarts.edu";

    private final Api api;
    private final JdbcClient jdbc;
    private final DemoUsers demoUsers;
    private final SessionRepository sessions;
    private final TokenService tokens;
    private final SessionService withoutDemo;
    private final Settings demoOff = new Settings(new MockEnvironment().withProperty("DEMO_DATA", "off"));

    DemoUsersTest(
            Api api,
            JdbcClient jdbc,
            DemoUsers demoUsers,
            AccountService accounts,
            UserRepository users,
            SessionRepository sessions,
            TokenService tokens,
            PasswordHasher hasher,
            LoginThrottle throttle,
            LoginNetworks networks,
            AuthEvents events,
            SessionChanges changes,
            TransactionTemplate transactions,
            Clock clock) {
        this.api = api;
        this.jdbc = jdbc;
        this.demoUsers = demoUsers;
        this.sessions = sessions;
        this.tokens = tokens;
        this.withoutDemo = new SessionService(
                accounts, users, sessions, new FinishedSessions(sessions, clock), tokens, hasher, throttle, networks,
                events, changes, transactions, clock,
                demoOff);
    }

    private static void assertRefused(ProblemCode code, Runnable attempt) {
        assertThatThrownBy(attempt::run).isInstanceOfSatisfying(
                Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void should_keep_the_demo_users_out_while_they_are_off() {
        var session = api.login(HARRY, "mischief-managed");
        var sessionId = tokens.verifyTokenForAccess(session.accessToken()).sessionId();

        assertRefused(ProblemCode.BAD_CREDENTIALS,
                () -> withoutDemo.loginUserWithPassword(HARRY, "mischief-managed", HOME));
        assertRefused(ProblemCode.UNAUTHENTICATED, () -> withoutDemo.refreshTokensOfSession(session.refreshToken()));
        assertThat(new LiveSessions(sessions, demoOff).findLiveSessionOfId(sessionId)).isEmpty();
        assertThat(api.get("/api/auth/me", session.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void should_make_them_once_however_often_it_starts() {
        var count = "select count(*) from users where is_demo";
        assertThat(jdbc.sql(count).query(Integer.class).single()).isEqualTo(6);

        demoUsers.afterPropertiesSet();

        assertThat(jdbc.sql(count).query(Integer.class).single()).isEqualTo(6);
        assertThat(demoUsers.areDemoUsersSwitchedOn()).isTrue();
        assertThat(demoUsers.findSnapshotsOfDemoUsers()).hasSize(6)
                .first()
                .satisfies(admin -> assertThat(admin.email()).isEqualTo(DemoUsers.ADMIN_EMAIL));
    }
}
