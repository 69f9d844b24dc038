package org.maraudersmap.socketio;

import java.util.Optional;

/**
 * Carries broadcasts to other nodes. Every broadcast that is not {@link Broadcast#local} is handed over after it was
 * sent to the sockets here; on the other nodes, emit it again with {@link Namespace#receive}. What comes of a log that
 * every node reads must be local.
 */
@FunctionalInterface
public interface Relay {

    /** Hands a broadcast over; called on the emitting thread, must not block. */
    void forward(Relayed broadcast);

    /**
     * A broadcast on its way.
     *
     * @param message
     *            to whom, and what
     * @param offset
     *            its offset, if it has one
     * @param isVolatile
     *            whether it may be lost
     */
    record Relayed(Recovery.Message message, Optional<Offset> offset, boolean isVolatile) {}
}
