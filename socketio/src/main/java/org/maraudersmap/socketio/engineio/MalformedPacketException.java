package org.maraudersmap.socketio.engineio;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A packet that the protocol does not allow; it ends the session that sent it, and no other. */
public final class MalformedPacketException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** Says what is wrong with the packet. */
    public MalformedPacketException(String message) {
        this(message, null);
    }

    /** Says what is wrong with the packet, and which error showed it. */
    public MalformedPacketException(String message, @Nullable Throwable cause) {
        // No stack trace: a client could make the server spend its time on them.
        super(message, cause, false, false);
    }
}
