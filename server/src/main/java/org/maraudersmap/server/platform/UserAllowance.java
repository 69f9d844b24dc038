package org.maraudersmap.server.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.UUID;
import org.maraudersmap.server.platform.problem.Problem;

/**
 * How much of something each user may have in a time: a token bucket for each, which is full at first and fills again
 * steadily. Thread-safe. Counted on each node by itself, and anew after a start.
 */
final class UserAllowance {
    private static final int MOST_USERS = 100_000;

    private final String what;
    private final long most;
    private final Duration time;
    private final Cache<UUID, Bucket> buckets;

    /**
     * @param what
     *            in the plural, as the refusal says it: {@code changes}
     */
    UserAllowance(String what, long most, Duration time) {
        this.what = what;
        this.most = most;
        this.time = time;
        // One that nobody has touched for so long is full again.
        this.buckets = Caffeine.newBuilder().maximumSize(MOST_USERS).expireAfterAccess(time).build();
    }

    /**
     * Takes one.
     *
     * @throws Problem
     *             {@code RATE_LIMITED} if the user has none left
     */
    void take(UUID userId) {
        var taken = buckets.get(userId, _ -> newBucket()).tryConsumeAndReturnRemaining(1);
        if (!taken.isConsumed()) {
            throw Problem.rateLimited(
                    "A user may have at most " + most + " " + what + " in " + time.toMinutes() + " min; slow down.",
                    Duration.ofNanos(taken.getNanosToWaitForRefill()));
        }
    }

    private Bucket newBucket() {
        return Bucket.builder().addLimit(limit -> limit.capacity(most).refillGreedy(most, time)).build();
    }
}
