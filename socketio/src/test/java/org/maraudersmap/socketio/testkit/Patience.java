package org.maraudersmap.socketio.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waiting for conditions: looks often, so that tests take no longer than what they wait for. */
public final class Patience {
    private Patience() {}

    /** Waits up to ten seconds unless told otherwise. */
    public static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(4)).pollInSameThread();
    }
}
