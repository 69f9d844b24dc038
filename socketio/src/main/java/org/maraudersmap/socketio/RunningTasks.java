package org.maraudersmap.socketio;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Hands tasks on and knows whether any is still running. */
final class RunningTasks implements Executor {
    private final Executor executor;
    private final AtomicLong running = new AtomicLong();

    RunningTasks(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        running.incrementAndGet();
        var handedOver = false;
        try {
            executor.execute(() -> {
                try {
                    task.run();
                } finally {
                    finished();
                }
            });
            handedOver = true;
        } finally {
            if (!handedOver) {
                finished();
            }
        }
    }

    private void finished() {
        if (running.decrementAndGet() == 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    boolean awaitIdle(Duration patience) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            while (running.get() > 0) {
                var left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        }
    }
}
