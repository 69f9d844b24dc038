package org.maraudersmap.server.backbone;

import java.util.List;
import org.maraudersmap.eventlog.PositionedEvent;

/**
 * A named reader of the log with a position of its own: it gets every event that it wants, in the order of the log, at
 * least once. To add one, make it a Spring bean; no producer changes.
 */
public interface EventConsumer {

    /** Where a consumer begins that has never run. */
    enum Start {
        /** With the first event: for whoever builds something up from the log. */
        BEGINNING,
        /** With the next event: for whoever only passes on what is new. */
        HEAD
    }

    /** When the position is saved. */
    enum Checkpoint {
        /**
         * In the transaction in which the events are handled, so that what the handler writes to the database happens
         * once. Over all nodes, one at a time handles.
         */
        WITH_EFFECTS,
        /** Now and then, for a consumer of this node whose effects may be repeated. */
        NOW_AND_THEN
    }

    /** Names the consumer, and with it the position; never to be changed. */
    String consumerName();

    /** Where it begins the first time. */
    Start startOfFirstRun();

    /** When its position is saved. */
    default Checkpoint checkpointOfEachBatch() {
        return Checkpoint.WITH_EFFECTS;
    }

    /** Whether it wants the events of a type; the others are passed over. */
    boolean wantsEventsOfType(String eventType);

    /**
     * Handles events, in the order of the log. If this throws, nothing of the batch counts as handled and it comes
     * again, event by event. The one that fails then is parked, with the later ones of its key, and tried again from
     * there, in order and ever more rarely, while the others go on; in the end it waits for an ADMIN. A consumer of a
     * node parks nothing and, after some attempts, passes over it. If the database is what fails, the consumer pauses
     * instead.
     */
    void handleEventsInOrder(List<PositionedEvent> events);

    /** Hears that every event up to {@code position} has been handled or passed over. */
    default void noteProgressUpToPosition(long position) {}
}
