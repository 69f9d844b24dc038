package org.maraudersmap.socketio;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An argument of an event is missing or of another form than the handler expects: the client's fault. */
public final class EventArgumentException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    EventArgumentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
