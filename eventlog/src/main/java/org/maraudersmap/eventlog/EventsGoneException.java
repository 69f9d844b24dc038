package org.maraudersmap.eventlog;

/** The events asked for are no longer kept; a reader must start from a snapshot. */
public final class EventsGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long oldestPosition;

    /** Events are kept from {@code oldestPosition} on. */
    public EventsGoneException(long askedAfter, long oldestPosition) {
        super("events after position " + askedAfter + " are gone; the oldest one kept is at position "
                + oldestPosition);
        this.oldestPosition = oldestPosition;
    }

    /** The position of the oldest event that is kept. */
    public long oldestPosition() {
        return oldestPosition;
    }
}
