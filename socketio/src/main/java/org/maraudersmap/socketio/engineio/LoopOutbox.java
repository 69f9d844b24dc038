package org.maraudersmap.socketio.engineio;

import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What one event loop still has to write: the sessions with something queued. A drain writes and flushes each session
 * once, whatever has gathered meanwhile, and lets the loop do other work after a chunk of them: a broadcast to a large
 * room does not hold it.
 */
final class LoopOutbox {
    /** About two milliseconds of system calls. */
    private static final int CHUNK = 256;

    private final EventExecutor loop;
    private final Backlog<EngineIoSession> due;

    /**
     * An empty one.
     *
     * @param moreToCome
     *            whether so much is being queued now that it is better to wait for it
     */
    LoopOutbox(EventExecutor loop, BooleanSupplier moreToCome) {
        this.loop = loop;
        this.due = new Backlog<>(new PatientExecutor(loop, moreToCome), loop, CHUNK, this::drain);
    }

    EventExecutor loop() {
        return loop;
    }

    void add(EngineIoSession session) {
        due.add(session);
    }

    private void drain(List<EngineIoSession> sessions) {
        try (var batch = new WriteBatch()) {
            sessions.forEach(session -> session.drain(this, batch));
        }
    }
}
