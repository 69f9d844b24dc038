package org.maraudersmap.eventlog;

import java.util.List;

/**
 * The ordered, durable sequence of all events of all topics: the single source for every consumer. Thread-safe.
 */
public interface EventLog {

    /**
     * The newest position that this node knows of; it may lag behind other nodes, and never goes back. It is at or past
     * every event that was read here.
     */
    LogHead head();

    /**
     * The newest position there is, at least of those that were readable on any node before the call; {@link #head()}
     * knows it afterwards. Costs a round trip where there are other nodes.
     */
    default LogHead askForHead() {
        return head();
    }

    /**
     * The events that follow {@code position}, by position and without a hole, at most {@code limit} of them; empty at
     * the end and beyond it. After 0 come all.
     *
     * @param limit
     *            1 or more
     * @throws EventsGoneException
     *             if events after {@code position} are no longer kept
     */
    List<PositionedEvent> readAfter(long position, int limit);

    /**
     * Has {@code wakeUp} run whenever the log may have grown, on the thread of whoever noticed: it must return at once
     * and throw nothing. Wake-ups may be lost or come without reason, so a reader polls as well; what woke it can be
     * read by then.
     */
    Subscription onAppend(Runnable wakeUp);

    /** A wish to be woken. Closing it is idempotent and touches no other one; a last wake-up may be under way. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
