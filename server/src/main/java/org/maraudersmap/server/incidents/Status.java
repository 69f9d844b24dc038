package org.maraudersmap.server.incidents;

import java.util.EnumSet;
import java.util.Set;

/** Where an incident stands. */
enum Status {
    OPEN, IN_PROGRESS, RESOLVED, ARCHIVED;

    /** What may follow; the status it has already is no change and not among them. */
    Set<Status> successors() {
        return switch (this) {
            case OPEN -> EnumSet.of(IN_PROGRESS, RESOLVED);
            case IN_PROGRESS -> EnumSet.of(OPEN, RESOLVED);
            case RESOLVED -> EnumSet.of(OPEN, ARCHIVED);
            case ARCHIVED -> EnumSet.noneOf(Status.class);
        };
    }

    /** Whether an incident in this status has a resolution. */
    boolean isResolved() {
        return this == RESOLVED || this == ARCHIVED;
    }
}
