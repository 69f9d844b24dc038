package org.maraudersmap.server.platform.database;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.maraudersmap.server.platform.problem.Problem;

/**
 * Lets those who change the same row go to the database one after the other: they would wait for one another there
 * too, but each with a connection in hand. So however many wait for a row, they take one connection, and all rows
 * together a part of the pool; whoever reads, logs in or changes another row goes on as before. A turn begins before
 * the transaction and ends after it. Other nodes know nothing of it: they meet at the row's lock. Thread-safe.
 */
public class RowTurns {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Semaphore all;
    private final Map<Object, Row> rows = new HashMap<>();

    /** How many have a turn or wait for one; the row is forgotten with the last of them. */
    private static final class Row {
        private final Semaphore turn = new Semaphore(1, true);
        private int interested;
    }

    /**
     * @param mostAtOnce
     *            turns of different rows, each of which holds a connection
     */
    public RowTurns(int mostAtOnce) {
        this.all = new Semaphore(mostAtOnce);
    }

    /**
     * Does the work when it is the caller's turn.
     *
     * @param row
     *            the row that the work locks; equal ones take turns
     * @throws Problem
     *             {@code UNAVAILABLE} if others have kept it for too long
     */
    public <T> T workWhenItsTurn(Object row, Supplier<T> work) {
        var mine = join(row);
        try {
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            acquire(mine.turn, deadline);
            try {
                acquire(all, deadline);
                try {
                    return work.get();
                } finally {
                    all.release();
                }
            } finally {
                mine.turn.release();
            }
        } finally {
            leave(row, mine);
        }
    }

    private static void acquire(Semaphore turns, long deadline) {
        try {
            if (turns.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw Problem.unavailable(
                "Others have been changing this for " + PATIENCE.toSeconds() + " s; try again.",
                Duration.ofSeconds(2));
    }

    private Row join(Object row) {
        synchronized (rows) {
            var mine = rows.computeIfAbsent(row, _ -> new Row());
            mine.interested++;
            return mine;
        }
    }

    private void leave(Object row, Row mine) {
        synchronized (rows) {
            if (--mine.interested == 0) {
                rows.remove(row);
            }
        }
    }
}
