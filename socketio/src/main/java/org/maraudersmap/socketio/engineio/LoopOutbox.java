package org.maraudersmap.socketio.engineio;

import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one event loop still has to write: the sessions with something queued. A drain writes and flushes each session
 * once, whatever has gathered meanwhile, and lets the loop do other work after a chunk of them: a broadcast to a large
 * room does not hold it.
 */
final class LoopOutbox {
    private static final Logger LOG = LoggerFactory.getLogger(LoopOutbox.class);
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
            for (var session : sessions) {
                try {
                    session.drain(this, batch);
                } catch (RuntimeException e) {
                    // Whoever cannot be written to must not keep the others waiting.
                    LOG.warn("Writing to a session failed; it is closed", e);
                    session.close(CloseReason.TRANSPORT_ERROR);
                }
            }
        }
    }
}
