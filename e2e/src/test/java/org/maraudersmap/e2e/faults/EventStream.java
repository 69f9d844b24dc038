package org.maraudersmap.e2e.faults;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.Session;

/** Reports incidents, every other one urgent, and edits one of them, at a steady pace until it is told to end. */
final class EventStream implements AutoCloseable {
    private static final long PAUSE_NANOS = 20_000_000;

    private final Api api;
    private final Session author;
    private final long edited;
    private final AtomicLong reports = new AtomicLong();
    private final AtomicLong edits = new AtomicLong();
    private final Thread thread;
    private volatile boolean ending;

    EventStream(Api api, Session author, long edited) {
        this.api = api;
        this.author = author;
        this.edited = edited;
        this.thread = Thread.ofPlatform().name("event-stream").start(this::run);
    }

    private void run() {
        while (!ending) {
            var severity = reports.get() % 2 == 0 ? "MISCHIEF" : "CRITICAL";
            var report = Map.of("title", "Report " + reports, "severity", severity);
            api.post("/api/incidents", author.accessToken(), report).expect(201);
            reports.incrementAndGet();
            api.edit(author, edited, "title", "Edit " + edits.incrementAndGet());
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Returns when the last event was answered. */
    void end() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    long reports() {
        return reports.get();
    }

    long events() {
        return reports.get() + edits.get();
    }

    @Override
    public void close() {
        end();
    }
}
