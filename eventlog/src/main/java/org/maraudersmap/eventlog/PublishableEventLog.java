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
}
