package org.maraudersmap.eventlog;

import java.util.List;

/**
 * Records events in the caller's transaction: they exist if and only if it commits, in the same instant as the state
 * that they describe. They get their positions afterwards.
 */
public interface EventRecorder {

    /**
     * Records events in the order given.
     *
     * @throws IllegalStateException
     *             if the caller is in no transaction
     */
    void record(List<NewEvent> events);

    /** Records one event. */
    default void record(NewEvent event) {
        record(List.of(event));
    }
}
