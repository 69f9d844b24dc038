package org.maraudersmap.socketio;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Runs one socket's tasks one after the other, on a thread that exists only while there are some. One that throws ends
 * its thread, and the next one runs on another: the last task of a socket gives back what the socket has taken.
 */
final class SerialExecutor implements Executor {
    private final Executor executor;
    private ArrayDeque<Runnable> tasks = new ArrayDeque<>(1);
    private boolean running;

    SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::run);
    }

    private void run() {
        while (true) {
            Runnable task;
            synchronized (this) {
                if (tasks.isEmpty()) {
                    running = false;
                    // Idle sockets are many; a burst must not leave its memory with each of them.
                    tasks = new ArrayDeque<>(1);
                    return;
                }
                task = tasks.remove();
            }
            runAndGoOn(task);
        }
    }

    private void runAndGoOn(Runnable task) {
        var finished = false;
        try {
            task.run();
            finished = true;
        } finally {
            if (!finished) {
                executor.execute(this::run);
            }
        }
    }
}
