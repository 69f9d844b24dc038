package org.maraudersmap.server.incidents;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Numbers for new incidents. They come from a sequence in blocks that grow under load and shrink to one number when it
 * is quiet: a busy node saves a round trip to the database for nearly every incident, a quiet one numbers without gaps.
 *
 * <p>
 * What is left of a block is given up after a second, or with the process. That leaves gaps, which harm nobody; a node
 * that used its old low numbers later would make new incidents look older than those of other nodes.
 */
@Component
final class IncidentIds {
    private static final int LARGEST_BLOCK = 128;
    private static final Duration FAST = Duration.ofMillis(100);
    private static final Duration LIFE_OF_BLOCK = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Long> block = new ArrayDeque<>();
    private Instant takenAt = Instant.MIN;
    private int size = 1;

    IncidentIds(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A number that nobody has. Not to be called while holding a connection: all callers wait for the one that fetches
     * the next block, and it needs a connection too.
     */
    long takeNextIncidentId() {
        lock.lock();
        try {
            var now = clock.instant();
            if (takenAt.isBefore(now.minus(LIFE_OF_BLOCK))) {
                block.clear();
            }
            if (block.isEmpty()) {
                fetchBlockFromSequence(now);
            }
            return block.remove();
        } finally {
            lock.unlock();
        }
    }

    private void fetchBlockFromSequence(Instant now) {
        size = takenAt.isAfter(now.minus(FAST)) ? Math.min(size * 2, LARGEST_BLOCK) : Math.max(size / 2, 1);
        if (takenAt.isBefore(now.minus(LIFE_OF_BLOCK))) {
            size = 1;
        }
        block.addAll(
                jdbc.sql("select nextval('incident_ids') from generate_series(1, ?)")
                        .param(size)
                        .query((row, _) -> row.getLong(1))
                        .list());
        takenAt = now;
    }
}
