package org.maraudersmap.eventlog;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.maraudersmap.eventlog.EventLog.Subscription;

/** Those who want to hear that a log has grown; for implementations of {@link EventLog#onAppend}. Thread-safe. */
public final class WakeUps {
    private final List<WakeUp> subscribed = new CopyOnWriteArrayList<>();

    /** Adds one; the same one added twice is woken twice. */
    public Subscription add(Runnable wakeUp) {
        var added = new WakeUp(wakeUp);
        subscribed.add(added);
        return () -> subscribed.remove(added);
    }

    /** Wakes all of them, on the calling thread. */
    public void wakeAll() {
        subscribed.forEach(wakeUp -> wakeUp.reader.run());
    }

    /** One subscription, told apart from others of the same reader. */
    private static final class WakeUp {
        private final Runnable reader;

        WakeUp(Runnable reader) {
            this.reader = reader;
        }
    }
}
