package org.maraudersmap.eventlog.iggy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Knows since when the database has had which events, and so which of them are late. Not thread-safe. */
final class LateEvents {
    private final Clock clock;
    private final Duration late;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long newestSeen;
    private long overdue;

    private record Sample(Instant at, long head) {}

    /** Starts with a log whose events up to {@code head} are old. */
    LateEvents(Clock clock, Duration late, long head) {
        this.clock = clock;
        this.late = late;
        this.newestSeen = head;
        this.overdue = head;
    }

    /** Notes how far the database has come; events up to the position returned are late. */
    long noteHead(long head) {
        var now = clock.instant();
        if (head > newestSeen) {
            newestSeen = head;
            samples.add(new Sample(now, head));
        }
        while (!samples.isEmpty() && !samples.getFirst().at().plus(late).isAfter(now)) {
            overdue = samples.removeFirst().head();
        }
        return overdue;
    }
}
