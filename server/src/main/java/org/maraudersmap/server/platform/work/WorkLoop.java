package org.maraudersmap.server.platform.work;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that goes on until it is stopped: one turn after another, on a thread of its own. A turn that fails, even with
 * an {@link Error}, is noted, and after a pause the next one begins; the pauses grow while turns keep failing. Made by
 * {@link WorkLoops}, which show how every loop is.
 */
public final class WorkLoop {
    private static final Logger log = LoggerFactory.getLogger(WorkLoop.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
    /** What is interrupted loses its connection to the database, so it ends soon. */
    private static final Duration PATIENCE_AFTER_INTERRUPT = Duration.ofMillis(500);

    private final String name;
    private final Turn turn;
    private final KnownTroubles troubles;
    private final Runnable onFailure;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Thread thread;
    private volatile @Nullable Failure failure;
    private String lastLine = "";
    private long lastLineAt;

    /** What is done again and again: a step, or a wait and a step, or everything until {@link #isStopping()}. */
    public interface Turn {
        /**
         * Takes one turn.
         *
         * @param loop
         *            to ask whether it is being stopped, and to pause with
         */
        void take(WorkLoop loop) throws Exception;
    }

    /**
     * How the last turns went, if they failed.
     *
     * @param since
     *            when the first of them did, by {@link System#nanoTime()}
     * @param isKnown
     *            whether it is somebody else's fault, who reports it
     */
    record Failure(Throwable cause, long since, boolean isKnown) {}

    WorkLoop(String name, Turn turn, KnownTroubles troubles, Runnable onFailure) {
        this.name = name;
        this.turn = turn;
        this.troubles = troubles;
        this.onFailure = onFailure;
    }

    /** What it is called in the log, in metrics and at {@code /health}. */
    public String name() {
        return name;
    }

    /** Begins, on a virtual thread. */
    public WorkLoop start() {
        return startOn(Thread.ofVirtual().name(name).unstarted(this::run));
    }

    /** Begins, on a platform thread, for what must not wait behind virtual ones. */
    public WorkLoop startOnPlatformThread() {
        return startOn(Thread.ofPlatform().name(name).daemon().unstarted(this::run));
    }

    private WorkLoop startOn(Thread unstarted) {
        thread = unstarted;
        unstarted.start();
        return this;
    }

    /** Whether no further turn will begin; a turn that takes long looks at it now and then. */
    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Waits, but not longer than until the loop is stopped. */
    public void pause(Duration time) throws InterruptedException {
        var _ = stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lets the turn under way end, then interrupts it; returns soon after {@code patience} at the latest. */
    public void stop(Duration patience) {
        stopping.countDown();
        var last = thread;
        if (last == null) {
            return;
        }
        try {
            if (!last.join(patience)) {
                last.interrupt();
                if (!last.join(PATIENCE_AFTER_INTERRUPT)) {
                    log.warn("{} has not ended in {} ms and is left behind", name, patience.toMillis());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that all is well, in a turn that goes on; one that returns says so by that. */
    public void noteProgress() {
        if (failure != null) {
            failure = null;
        }
    }

    /** Whether the last turn failed. */
    public boolean isFailing() {
        return failure != null;
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    boolean hasEnded() {
        var last = thread;
        return last != null && !last.isAlive();
    }

    private void run() {
        var pause = SHORTEST_PAUSE;
        while (!isStopping()) {
            var began = System.nanoTime();
            try {
                turn.take(this);
                failure = null;
                pause = SHORTEST_PAUSE;
            } catch (InterruptedException interrupted) {
                return;
            } catch (Throwable broken) {
                if (System.nanoTime() - began > LONGEST_PAUSE.toNanos()) {
                    pause = SHORTEST_PAUSE;
                }
                noteFailure(broken);
                if (!pauseAfterFailure(pause)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    /** Anything but ending: not even what goes wrong here may end the loop. */
    private void noteFailure(Throwable broken) {
        try {
            if (isStopping()) {
                log.debug("{} was stopped in the middle of its work", name, broken);
                return;
            }
            var before = failure;
            var isKnown = troubles.noteFailureIfKnown(broken);
            failure = new Failure(broken, before == null ? System.nanoTime() : before.since(), isKnown);
            onFailure.run();
            if (!isKnown) {
                logOncePerMinute(broken);
            }
        } catch (Throwable another) {
            failure = new Failure(another, System.nanoTime(), false);
        }
    }

    private void logOncePerMinute(Throwable broken) {
        var line = broken.toString();
        var now = System.nanoTime();
        if (!line.equals(lastLine) || now - lastLineAt > BETWEEN_LINES.toNanos()) {
            log.error("{} failed and goes on", name, broken);
            lastLine = line;
            lastLineAt = now;
        }
    }

    private boolean pauseAfterFailure(Duration pause) {
        try {
            // Not all nodes at the same moment.
            pause(Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis() + 1)));
            return true;
        } catch (InterruptedException interrupted) {
            return false;
        }
    }
}
