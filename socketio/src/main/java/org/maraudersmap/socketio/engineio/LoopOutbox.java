package org.maraudersmap.socketio.engineio;

import io.netty.util.concurrent.EventExecutor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one event loop still has to write: the sessions with something queued, and at most one scheduled drain. A drain
 * writes and flushes each session once, whatever has gathered meanwhile, and lets the loop do other work after a chunk
 * of them, so that a broadcast to a large room does not hold it.
 */
final class LoopOutbox implements Runnable {
    /** About two milliseconds of system calls. */
    private static final int CHUNK = 256;

    private final EventExecutor loop;
    private final Queue<EngineIoSession> due = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    LoopOutbox(EventExecutor loop) {
        this.loop = loop;
    }

    EventExecutor loop() {
        return loop;
    }

    void add(EngineIoSession session) {
        due.add(session);
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            schedule();
        }
    }

    @Override
    public void run() {
        try (var batch = new WriteBatch()) {
            for (var i = 0; i < CHUNK; i++) {
                var session = due.poll();
                if (session == null) {
                    break;
                }
                session.drain(this, batch);
            }
        }
        if (due.isEmpty()) {
            scheduled.set(false);
            if (due.isEmpty() || !scheduled.compareAndSet(false, true)) {
                return;
            }
        }
        schedule();
    }

    private void schedule() {
        try {
            loop.execute(this);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and its channels with it: there is nobody to write to.
            due.clear();
        }
    }
}
