package org.maraudersmap.eventlog;

/** The broker cannot be reached, does not answer in time or refuses; whoever needs it tries again later. */
public final class BrokerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says in a line why. */
    public BrokerUnavailableException(String why) {
        super(why);
    }

    /** Says in a line why, and what it came of. */
    public BrokerUnavailableException(String why, Throwable cause) {
        super(why, cause);
    }
}
