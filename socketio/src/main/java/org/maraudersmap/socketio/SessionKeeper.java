package org.maraudersmap.socketio;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one socket's session in the {@link Recovery}: one save at a time, each with what is true when it begins, and
 * none after the last word was said.
 */
final class SessionKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(SessionKeeper.class);

    private final Recovery recovery;
    private final RunningTasks executor;
    private final Supplier<Recovery.Session> session;
    private final Object saving = new Object();

    // Guarded by this:
    private long changes = 1;
    private boolean begun;
    private boolean scheduled;
    private boolean handedOver;

    // Guarded by saving:
    private long saved;

    SessionKeeper(Recovery recovery, RunningTasks executor, Supplier<Recovery.Session> session) {
        this.recovery = recovery;
        this.executor = executor;
        this.session = session;
    }

    /** Saves from now on, soon after each change. */
    void begin() {
        synchronized (this) {
            begun = true;
        }
        changed();
    }

    /** The session has changed. */
    void changed() {
        synchronized (this) {
            changes++;
            // Before the connection handlers have run it is too early: they are likely to change more.
            if (!begun || scheduled || handedOver) {
                return;
            }
            scheduled = true;
        }
        executor.execute(() -> {
            synchronized (this) {
                scheduled = false;
            }
            try {
                save();
            } catch (RuntimeException e) {
                if (!isHandedOver()) {
                    LOG.warn("A session could not be saved; its rooms may be lost in a crash: {}", e.toString());
                }
            }
        });
    }

    /** Returns when a session that has all changes made before this call is saved. */
    void save() {
        long wanted;
        synchronized (this) {
            wanted = changes;
        }
        synchronized (saving) {
            if (saved >= wanted) {
                return;
            }
            long covered;
            synchronized (this) {
                covered = changes;
            }
            var now = session.get();
            if (isHandedOver() || !recovery.save(now)) {
                throw new IllegalStateException(
                        "The session of socket %s was recovered by a newer connection".formatted(now.socketId()));
            }
            saved = covered;
        }
    }

    /** The session belongs to a newer connection now; nothing is saved any more. */
    void handOver() {
        synchronized (this) {
            handedOver = true;
        }
    }

    private boolean isHandedOver() {
        synchronized (this) {
            return handedOver;
        }
    }

    /** The socket has left: the last word on its session. */
    void end(boolean recoverable) {
        synchronized (saving) {
            if (isHandedOver()) {
                return;
            }
            try {
                if (recoverable) {
                    var _ = recovery.save(session.get());
                } else {
                    recovery.remove(session.get());
                }
            } catch (RuntimeException e) {
                LOG.warn("A session could not be kept; its client will start anew: {}", e.toString());
            }
            saved = Long.MAX_VALUE;
        }
    }
}
