package org.maraudersmap.server.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/**
 * Forgets sessions that nobody can go on with, whoever had them. Whoever logs in cleans, at most once an hour: where
 * nobody logs in there are no new ones.
 */
@Component
class FinishedSessions {
    /** Access tokens last a day at most, so nothing refers to a session that expired before. */
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(2);
    private static final Duration TIME_BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final int MOST_IN_STATEMENT = 1_000;

    private final SessionRepository sessions;
    private final Clock clock;
    private final AtomicReference<Instant> cleanedAt = new AtomicReference<>(Instant.MIN);

    FinishedSessions(SessionRepository sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** To be called outside of transactions. */
    void removeFinishedSessionsSometimes() {
        var now = clock.instant();
        var last = cleanedAt.get();
        if (last.isBefore(now.minus(TIME_BETWEEN_CLEANINGS)) && cleanedAt.compareAndSet(last, now)) {
            var finishedBefore = now.minus(KEPT_AFTER_EXPIRY);
            while (sessions.deleteSomeSessionsFinishedBefore(finishedBefore, MOST_IN_STATEMENT) == MOST_IN_STATEMENT) {
                // There are more.
            }
        }
    }
}
