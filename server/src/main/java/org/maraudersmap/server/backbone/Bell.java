package org.maraudersmap.server.backbone;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes a thread that has nothing to do. Rings that come together count as one, and none is lost while it works. */
final class Bell {
    private final Semaphore rung = new Semaphore(0);

    void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /** Waits for a ring, at most so long; true if there was one. */
    boolean waitForRing(long millis) throws InterruptedException {
        var heard = rung.tryAcquire(millis, TimeUnit.MILLISECONDS);
        rung.drainPermits();
        return heard;
    }
}
