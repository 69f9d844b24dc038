package org.maraudersmap.server.identity;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The tables {@code user_sessions} and {@code refresh_tokens}. */
@Repository
class SessionRepository {
    private final JdbcClient jdbc;

    SessionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A refresh token that was given out. */
    record KnownToken(
            UUID id,
            UUID userId,
            UUID sessionId,
            Optional<Instant> usedAt,
            boolean isWithdrawn,
            boolean hasSessionEnded) {}

    /**
     * A refresh token that is to be kept.
     *
     * @param id
     *            also the {@code jti} of the access token that goes out with it
     */
    record TokenRow(UUID id, UUID userId, UUID sessionId, Instant createdAt, Instant expiresAt) {}

    /**
     * A session that goes on, and its user as they are now.
     *
     * @param withdrawnTokens
     *            the access tokens that have ended before their time
     */
    record LiveSession(UserSnapshot user, Role role, boolean isDemo, Set<UUID> withdrawnTokens) {}

    /** One statement for the session and its first refresh token. */
    void insertSessionWithFirstToken(TokenRow token, byte[] tokenHash) {
        bind(jdbc.sql("""
                with session as (
                    insert into user_sessions (id, user_id, created_at, expires_at)
                    values (:session, :user, :now, :expires)
                    returning id)
                insert into refresh_tokens (id, user_id, session_id, token_hash, created_at, expires_at)
                select :id, :user, id, :hash, :now, :expires from session
                """), token, tokenHash).update();
    }

    private static StatementSpec bind(StatementSpec statement, TokenRow token, byte[] tokenHash) {
        return statement.param("id", token.id())
                .param("session", token.sessionId())
                .param("user", token.userId())
                .param("hash", tokenHash)
                .param("now", utc(token.createdAt()))
                .param("expires", utc(token.expiresAt()));
    }

    /** Some of the sessions that nobody can go on with, and their tokens: how many. */
    int deleteSomeSessionsFinishedBefore(Instant time, int most) {
        return jdbc.sql("""
                delete from user_sessions where id in (
                    select id from user_sessions where expires_at < ? limit ? for update skip locked)""")
                .param(utc(time))
                .param(most)
                .update();
    }

    Optional<KnownToken> findRefreshTokenByHash(byte[] tokenHash) {
        return jdbc.sql("""
                select t.id, t.user_id, t.session_id, t.used_at, t.withdrawn_at is not null as withdrawn,
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
                        Optional.ofNullable(row.getObject("used_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                        row.getBoolean("withdrawn"),
                        row.getBoolean("session_ended")))
                .optional();
    }

    void markRefreshTokenAsUsed(UUID tokenId, Instant now) {
        jdbc.sql("update refresh_tokens set used_at = ? where id = ?").param(utc(now)).param(tokenId).update();
    }

    /**
     * Ends what a refresh brought, if neither of its two tokens has been used and it has not been repeated too often.
     * False if it was. The row decides: whoever uses the access token at the same moment, on whatever node, comes
     * before or after.
     */
    boolean withdrawUnusedTokenAfter(UUID tokenId, int mostTimes, Instant now) {
        return jdbc.sql("""
                update refresh_tokens set withdrawn_at = :now
                where predecessor_id = :id and withdrawn_at is null and used_at is null and access_used_at is null
                  and (select count(*) from refresh_tokens where predecessor_id = :id) <= :times
                """).param("now", utc(now)).param("id", tokenId).param("times", mostTimes).update() == 1;
    }

    /** Notes that an access token is being used. False if it has been withdrawn. */
    boolean noteUseOfAccessToken(UUID tokenId, Instant now) {
        return jdbc.sql("""
                update refresh_tokens set access_used_at = coalesce(access_used_at, ?) where id = ?
                returning withdrawn_at is null
                """).param(utc(now)).param(tokenId).query(Boolean.class).optional().orElse(true);
    }

    /** The next token of a session; those that have expired meanwhile are no use even to a thief, and go. */
    void insertNextTokenOfSession(TokenRow token, byte[] tokenHash, UUID predecessorId) {
        bind(jdbc.sql("""
                with session as (update user_sessions set expires_at = :expires where id = :session),
                     expired as (delete from refresh_tokens where session_id = :session and expires_at < :now)
                insert into refresh_tokens
                    (id, user_id, session_id, token_hash, created_at, expires_at, predecessor_id)
                values (:id, :user, :session, :hash, :now, :expires, :predecessor)
                """), token, tokenHash).param("predecessor", predecessorId).update();
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
        return jdbc.sql("""
                select u.is_demo,
                       array(select t.id from refresh_tokens t
                             where t.session_id = s.id and t.withdrawn_at is not null) as withdrawn,
                \s""" + UserRepository.COLUMNS + """

                from user_sessions s
                join users u on u.id = s.user_id
                where s.id = ? and s.ended_at is null
                """)
                .param(sessionId)
                .query((row, number) -> {
                    var user = UserRepository.readUserOfRow(row, number);
                    return new LiveSession(
                            user.toSnapshot(),
                            user.role(),
                            row.getBoolean("is_demo"),
                            Set.of((UUID[]) row.getArray("withdrawn").getArray()));
                })
                .optional();
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
