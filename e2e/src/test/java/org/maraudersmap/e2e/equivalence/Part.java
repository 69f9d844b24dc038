package org.maraudersmap.e2e.equivalence;

/** What a client has asked for. */
sealed interface Part {

    /**
     * All incidents, the notifications, the own role, and the threads of all incidents that were not reported before
     * {@code oldest}.
     */
    record Everything(long oldest) implements Part {}

    /** All incidents, the thread of one of them (that in whose room a socket is), the notifications. */
    record WithOneThread(long incident) implements Part {}

    /** All incidents. */
    record Incidents() implements Part {}

    /** One incident. */
    record OneIncident(long incident) implements Part {}

    /** The comments of one incident. */
    record OneThread(long incident) implements Part {}

    /** The user's own notifications. */
    record Notifications() implements Part {}
}
