package org.maraudersmap.server.identity;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code user_sessions} and {@code refresh_tokens}. */
@Repository
class SessionRepository {
    private final JdbcClient jdbc;

    SessionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A refresh token that was given out. */
    record KnownToken(UUID id, UUID userId, UUID sessionId, Instant expiresAt, boolean used, boolean sessionEnded) {}

    /** A session that goes on, and its user as he is now. */
    record LiveSession(User user, boolean isDemo) {}

    /** One statement for the session and its first refresh token. */
    void insertSessionWithFirstToken(UUID sessionId, UUID userId, byte[] tokenHash, Instant now, Instant expiresAt) {
        jdbc.sql("""
                with session as (
                    insert into user_sessions (id, user_id, created_at, expires_at)
                    values (:session, :user, :now, :expires)
                    returning id)
                insert into refresh_tokens (user_id, session_id, token_hash, created_at, expires_at)
                select :user, id, :hash, :now, :expires from session
                """)
                .param("session", sessionId)
                .param("user", userId)
                .param("hash", tokenHash)
                .param("now", utc(now))
                .param("expires", utc(expiresAt))
                .update();
    }

    /** Sessions that nobody can go on with. Called when the user makes a new one, so that they do not pile up. */
    void deleteFinishedSessionsOfUser(UUID userId, Instant finishedBefore) {
        jdbc.sql("delete from user_sessions where user_id = ? and expires_at < ?")
                .param(userId)
                .param(utc(finishedBefore))
                .update();
    }

    Optional<KnownToken> findRefreshTokenByHash(byte[] tokenHash) {
        return jdbc.sql("""
                select t.id, t.user_id, t.session_id, t.expires_at, t.used_at is not null as used,
                       s.ended_at is not null as session_ended
                from refresh_tokens t
                join user_sessions s on s.id = t.session_id
                where t.token_hash = ?
                """)
                .param(tokenHash)
                .query((row, _) -> new KnownToken(
                        row.getObject("id", UUID.class),
                        row.getObject("user_id", UUID.class),
                        row.getObject("session_id", UUID.class),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("used"),
                        row.getBoolean("session_ended")))
                .optional();
    }

    /** False if it has been used before, or its session has ended. */
    boolean markRefreshTokenAsUsed(UUID tokenId, Instant now) {
        return jdbc.sql("""
                update refresh_tokens t set used_at = ?
                from user_sessions s
                where t.id = ? and t.used_at is null and s.id = t.session_id and s.ended_at is null
                """).param(utc(now)).param(tokenId).update() == 1;
    }

    /** The next token of a session; those that have expired meanwhile are no use even to a thief, and go. */
    void insertNextTokenOfSession(
            UUID sessionId, UUID userId, byte[] tokenHash, Instant now, Instant expiresAt) {
        jdbc.sql("""
                with session as (update user_sessions set expires_at = :expires where id = :session),
                     expired as (delete from refresh_tokens where session_id = :session and expires_at < :now)
                insert into refresh_tokens (user_id, session_id, token_hash, created_at, expires_at)
                values (:user, :session, :hash, :now, :expires)
                """)
                .param("session", sessionId)
                .param("user", userId)
                .param("hash", tokenHash)
                .param("now", utc(now))
                .param("expires", utc(expiresAt))
                .update();
    }

    /** False if it has ended already. */
    boolean endSessionForGood(UUID sessionId, String reason, Instant now) {
        return jdbc.sql("update user_sessions set ended_at = ?, end_reason = ? where id = ? and ended_at is null")
                .param(utc(now))
                .param(reason)
                .param(sessionId)
                .update() == 1;
    }

    /** How many have ended by it. */
    int endOtherSessionsOfUser(UUID userId, UUID keptSessionId, String reason, Instant now) {
        return jdbc.sql("""
                update user_sessions set ended_at = ?, end_reason = ?
                where user_id = ? and id <> ? and ended_at is null
                """)
                .param(utc(now))
                .param(reason)
                .param(userId)
                .param(keptSessionId)
                .update();
    }

    Optional<LiveSession> findLiveSessionWithUser(UUID sessionId) {
        return jdbc.sql("select u.is_demo, " + UserRepository.COLUMNS + """

                from user_sessions s
                join users u on u.id = s.user_id
                where s.id = ? and s.ended_at is null
                """)
                .param(sessionId)
                .query((row, number) -> new LiveSession(
                        UserRepository.readUserOfRow(row, number), row.getBoolean("is_demo")))
                .optional();
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
