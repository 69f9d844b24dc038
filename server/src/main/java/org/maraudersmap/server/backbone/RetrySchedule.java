package org.maraudersmap.server.backbone;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a parked event is tried again: soon, and after every failure a good deal later; six attempts in all. */
final class RetrySchedule {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10));

    private RetrySchedule() {}

    /** When to try again what has failed so many times; empty after the last attempt. */
    static Optional<Instant> nextAttemptAfter(int attempts, Instant now) {
        return attempts <= PAUSES.size() ? Optional.of(now.plus(PAUSES.get(attempts - 1))) : Optional.empty();
    }
}
