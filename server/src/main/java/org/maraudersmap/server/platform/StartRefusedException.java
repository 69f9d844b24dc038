package org.maraudersmap.server.platform;

/** The product cannot start here; the message is one line that says why and what to do. */
public final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Refuses the start for a reason. */
    public StartRefusedException(String message) {
        super(message);
    }
}
