package org.maraudersmap.socketio;

import java.io.Serial;

/** An acknowledgement will not come: the socket is gone. */
public final class DisconnectedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    DisconnectedException(String socketId) {
        super("Socket %s is disconnected".formatted(socketId), null, false, false);
    }
}
