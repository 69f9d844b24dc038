package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.identity.SessionRepository.TokenRow;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.MovableClock;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@ProductTest
class FinishedSessionsTest {
    private final Api api;
    private final SessionRepository sessions;
    private final JdbcClient jdbc;
    private final MovableClock clock = new MovableClock();
    private final FinishedSessions finished;

    FinishedSessionsTest(Api api, SessionRepository sessions, JdbcClient jdbc) {
        this.api = api;
        this.sessions = sessions;
        this.jdbc = jdbc;
        this.finished = new FinishedSessions(sessions, clock);
    }

    private UUID sessionThatExpired(Duration ago) {
        var session = UUID.randomUUID();
        var expiry = clock.instant().minus(ago);
        var hash = session.toString().getBytes(StandardCharsets.US_ASCII);
        sessions.insertSessionWithFirstToken(
                new TokenRow(UUID.randomUUID(), api.registerStudent().userId(), session, Instant.EPOCH, expiry), hash);
        return session;
    }

    private boolean isKept(UUID session) {
        return jdbc.sql("select count(*) from refresh_tokens where session_id = ?")
                .param(session)
                .query(Long.class)
                .single() == 1;
    }

    @Test
    void should_forget_sessions_of_users_who_never_come_back() {
        var old = sessionThatExpired(Duration.ofDays(3));
        var young = sessionThatExpired(Duration.ofDays(1));

        finished.removeFinishedSessionsSometimes();

        assertThat(isKept(old)).isFalse();
        assertThat(isKept(young)).isTrue();
    }

    @Test
    void should_look_once_an_hour() {
        finished.removeFinishedSessionsSometimes();
        var old = sessionThatExpired(Duration.ofDays(3));

        clock.moveOnBy(Duration.ofMinutes(59));
        finished.removeFinishedSessionsSometimes();
        assertThat(isKept(old)).isTrue();

        clock.moveOnBy(Duration.ofMinutes(2));
        finished.removeFinishedSessionsSometimes();
        assertThat(isKept(old)).isFalse();
    }
}
