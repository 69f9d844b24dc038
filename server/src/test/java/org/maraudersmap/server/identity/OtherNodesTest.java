package org.maraudersmap.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.platform.ActorAuthenticator;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.SessionListener;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** A second node's part of it, in the same process: it hears of everything by the database's signals alone. */
@ProductTest
class OtherNodesTest {
    private final Api api;
    private final ActorAuthenticator authenticator;
    private final LiveSessions otherNode;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    OtherNodesTest(
            Api api,
            ActorAuthenticator authenticator,
            SessionRepository sessions,
            Settings settings,
            ClusterSignals signals) {
        this.api = api;
        this.authenticator = authenticator;
        this.otherNode = new LiveSessions(sessions, settings);
        var listeners = new StaticListableBeanFactory(Map.of("remembering", new Remembering()));
        var _ = new SessionChanges(otherNode, listeners.getBeanProvider(SessionListener.class), signals);
    }

    private final class Remembering implements SessionListener {
        @Override
        public void onSessionEnded(UUID userId, UUID sessionId) {
            heard.add("ended " + userId + " " + sessionId);
        }

        @Override
        public void onOtherSessionsEnded(UUID userId, UUID keptSessionId) {
            heard.add("others ended " + userId + " " + keptSessionId);
        }

        @Override
        public void onRoleChanged(UUID userId, Role role) {
            heard.add("role " + userId + " " + role);
        }
    }

    private UUID sessionOf(Api.Session session) {
        return authenticator.authenticateActorWithToken(session.accessToken()).sessionId();
    }

    @Test
    void should_hear_of_a_logout() {
        var session = api.registerStudent();
        var sessionId = sessionOf(session);
        assertThat(otherNode.findLiveSessionOfId(sessionId)).isPresent();

        api.post("/api/auth/logout", null, Map.of("refreshToken", session.refreshToken()));

        await().atMost(5, SECONDS).until(() -> heard.contains("ended " + session.userId() + " " + sessionId));
        assertThat(otherNode.findLiveSessionOfId(sessionId)).isEmpty();
    }

    @Test
    void should_hear_of_a_password_change() {
        var session = api.registerStudent();
        var kept = sessionOf(session);
        var other = sessionOf(api.login(session.email(), "mischief-managed"));
        assertThat(otherNode.findLiveSessionOfId(other)).isPresent();

        api.send(
                "PUT",
                "/api/auth/change-password",
                session.accessToken(),
                Map.of("oldPassword", "mischief-managed", "newPassword", "i-solemnly-swear"));

        await().atMost(5, SECONDS).until(() -> heard.contains("others ended " + session.userId() + " " + kept));
        assertThat(otherNode.findLiveSessionOfId(other)).isEmpty();
        assertThat(otherNode.findLiveSessionOfId(kept)).isPresent();
    }

    @Test
    void should_hear_of_a_role() {
        var session = api.registerStudent();
        var sessionId = sessionOf(session);
        assertThat(otherNode.findLiveSessionOfId(sessionId).orElseThrow().role()).isEqualTo(Role.STUDENT);

        api.send(
                "PUT",
                "/api/users/" + session.userId() + "/role",
                api.loginAdmin().accessToken(),
                Map.of("role", "AUROR"));

        await().atMost(5, SECONDS).until(() -> heard.contains("role " + session.userId() + " AUROR"));
        assertThat(otherNode.findLiveSessionOfId(sessionId).orElseThrow().role()).isEqualTo(Role.AUROR);
    }
}
