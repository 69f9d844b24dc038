package org.maraudersmap.socketio.engineio;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Items that any thread adds and one event loop works off, in order, by at most one task that waits or runs. It takes a
 * chunk of them and lets the loop do other work before the next.
 */
final class Backlog<T> implements Runnable {
    private final Executor first;
    private final Executor next;
    private final int chunk;
    private final Consumer<List<T>> work;
    private final Queue<T> due = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * A backlog without items.
     *
     * @param first
     *            runs the task that takes the first chunk
     * @param next
     *            runs those that go on
     */
    Backlog(Executor first, Executor next, int chunk, Consumer<List<T>> work) {
        this.first = first;
        this.next = next;
        this.chunk = chunk;
        this.work = work;
    }

    void add(T item) {
        due.add(item);
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            schedule(first);
        }
    }

    @Override
    public void run() {
        var items = new ArrayList<T>();
        for (var item = due.poll(); item != null; item = items.size() < chunk ? due.poll() : null) {
            items.add(item);
        }
        try {
            work.accept(items);
        } finally {
            goOn();
        }
    }

    private void goOn() {
        if (due.isEmpty()) {
            scheduled.set(false);
            // What was added before that, by somebody who saw it still set, is ours.
            if (due.isEmpty() || !scheduled.compareAndSet(false, true)) {
                return;
            }
        }
        schedule(next);
    }

    private void schedule(Executor loop) {
        try {
            loop.execute(this);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and its channels with it: there is nobody to write to.
            due.clear();
            scheduled.set(false);
        }
    }
}
