package org.maraudersmap.eventlog;

import java.util.List;

/**
 * The ordered, durable sequence of all events of all topics: the single source for every consumer. Thread-safe.
 */
public interface EventLog {

    /** The newest position that this node knows of; it may lag behind other nodes, and never goes back. */
    LogHead head();

    /**
     * The events that follow {@code position}, by position and without a hole, at most {@code limit} of them; empty at
     * the end.
     *
     * @throws EventsGoneException
     *             if events after {@code position} are no longer kept
     */
    List<PositionedEvent> readAfter(long position, int limit);

    /**
     * Has {@code wakeUp} run whenever the log may have grown; it must return at once. Wake-ups may be lost or come
     * without reason: a reader polls as well.
     */
    Subscription onAppend(Runnable wakeUp);

    /** Ends a subscription; idempotent. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
