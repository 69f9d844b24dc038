package org.maraudersmap.eventlog;

import java.util.List;

/**
 * A log that takes positioned events from elsewhere: a broker that is fed from the database, or a log in memory. The
 * position was made before, by the one sequencer of the cluster.
 */
public interface PublishableEventLog extends EventLog {

    /**
     * Appends events in the order of their positions. Idempotent: what the log holds already, by position, is skipped.
     *
     * @throws IllegalArgumentException
     *             if a position would leave a hole; then none of them is appended
     */
    void publish(List<PositionedEvent> events);

    /**
     * For implementations: checks a batch before anything of it is appended, so that a refused one leaves nothing
     * behind.
     *
     * @throws IllegalArgumentException
     *             if a position is neither held, up to {@code head}, nor the next one
     */
    static void refuseHoleAfter(long head, List<PositionedEvent> events) {
        var last = head;
        for (var event : events) {
            if (event.position() > last + 1) {
                throw new IllegalArgumentException(
                        "position " + event.position() + " leaves a hole: the next one is " + (last + 1));
            }
            last = Math.max(last, event.position());
        }
    }
}
