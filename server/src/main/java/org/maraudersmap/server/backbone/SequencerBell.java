package org.maraudersmap.server.backbone;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Wakes this node's sequencer: a commit has left events in the outbox. Rings that come together count as one. */
@Component
final class SequencerBell {
    private final Semaphore rung = new Semaphore(0);

    void ringForCommittedEvents() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /** Waits for a ring, at most so long; true if there was one. */
    boolean waitForNextRing(long millis) throws InterruptedException {
        var heard = rung.tryAcquire(millis, TimeUnit.MILLISECONDS);
        rung.drainPermits();
        return heard;
    }
}
