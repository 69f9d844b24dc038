package org.maraudersmap.server.platform;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a command at most once per {@code Idempotency-Key}, user and path, for 24 hours. Key, answer and whatever the
 * command does are one transaction: either all of them stay or none. So a refusal is not kept, and of two that run at
 * once the second waits for the first one's end, which the database sees to.
 */
@Component
public final class IdempotentCommands {
    private static final Duration LIFE_OF_KEY = Duration.ofHours(24);
    private static final Duration TIME_BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final int LONGEST_KEY = 255;
    /** A key takes up to some kilobytes for a day. */
    private static final int MOST_KEYS_OF_USER = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JsonMapper json;
    private final Clock clock;
    private final UserAllowance keys = new UserAllowance("Idempotency-Keys", MOST_KEYS_OF_USER, LIFE_OF_KEY);
    private final AtomicReference<Instant> cleanedAt = new AtomicReference<>(Instant.MIN);

    IdempotentCommands(JdbcClient jdbc, TransactionTemplate transactions, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What the command answers, or answered when it ran under this key.
     *
     * @param key
     *            the header's value; without one the command simply runs, in no transaction of ours
     * @param path
     *            of the request
     * @param request
     *            what the command was asked to do; the same JSON counts as the same request
     * @param answerType
     *            must survive being written as JSON and read again
     * @throws Problem
     *             {@code IDEMPOTENCY_KEY_REUSED} if the key came with another request before; {@code INVALID_PARAMETER}
     *             if it is none
     */
    public <T> T runCommandOncePerKey(
            Optional<String> key, UUID userId, String path, Object request, Class<T> answerType, Supplier<T> command) {
        if (key.isEmpty()) {
            return command.get();
        }
        var claim = new Claim(userId, path, requireUsableKeyText(key.get()), hash(request));
        keys.take(userId);
        var answer = transactions.execute(_ -> {
            if (!claimKeyForRequest(claim)) {
                return readAnswerOfClaim(claim, answerType);
            }
            var fresh = command.get();
            keepAnswerOfClaim(claim, fresh);
            return fresh;
        });
        removeExpiredKeysSometimes();
        return answer;
    }

    private record Claim(UUID userId, String path, String key, String requestHash) {}

    private static String requireUsableKeyText(String key) {
        var isUsable = !key.isEmpty() && key.length() <= LONGEST_KEY && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!isUsable) {
            throw Problem.invalidParameter(
                    "Idempotency-Key",
                    key,
                    "1 to " + LONGEST_KEY + " visible ASCII characters");
        }
        return key;
    }

    private String hash(Object request) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(json.writeValueAsBytes(request)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Waits for whoever has just claimed the same key; false if his command went through. */
    private boolean claimKeyForRequest(Claim claim) {
        var now = clock.instant();
        return jdbc.sql("""
                insert into idempotency_keys (user_id, path, key, request_hash, created_at) values (?, ?, ?, ?, ?)
                on conflict (user_id, path, key) do update
                set request_hash = excluded.request_hash, answer = null, created_at = excluded.created_at
                where idempotency_keys.created_at < ?""")
                .param(claim.userId())
                .param(claim.path())
                .param(claim.key())
                .param(claim.requestHash())
                .param(now.atOffset(ZoneOffset.UTC))
                .param(oldestKeyInForce(now))
                .update() == 1;
    }

    private <T> T readAnswerOfClaim(Claim claim, Class<T> answerType) {
        record Kept(String requestHash, String answer) {}
        var kept = jdbc
                .sql("select request_hash, answer from idempotency_keys where user_id = ? and path = ? and key = ?")
                .param(claim.userId())
                .param(claim.path())
                .param(claim.key())
                .query((row, _) -> new Kept(row.getString(1), row.getString(2)))
                .single();
        if (!kept.requestHash().equals(claim.requestHash())) {
            throw Problem.of(
                    ProblemCode.IDEMPOTENCY_KEY_REUSED,
                    "Idempotency-Key " + claim.key()
                            + " came with another body within the last 24 hours; use a new key.");
        }
        return json.readValue(kept.answer(), answerType);
    }

    private void keepAnswerOfClaim(Claim claim, Object answer) {
        jdbc.sql("update idempotency_keys set answer = ?::json where user_id = ? and path = ? and key = ?")
                .param(json.writeValueAsString(answer))
                .param(claim.userId())
                .param(claim.path())
                .param(claim.key())
                .update();
    }

    /** Whoever comes by cleans, at most once an hour: where nobody uses keys there is nothing to clean. */
    private void removeExpiredKeysSometimes() {
        var now = clock.instant();
        var last = cleanedAt.get();
        if (last.isBefore(now.minus(TIME_BETWEEN_CLEANINGS)) && cleanedAt.compareAndSet(last, now)) {
            jdbc.sql("delete from idempotency_keys where created_at < ?").param(oldestKeyInForce(now)).update();
        }
    }

    private static OffsetDateTime oldestKeyInForce(Instant now) {
        return now.minus(LIFE_OF_KEY).atOffset(ZoneOffset.UTC);
    }
}
