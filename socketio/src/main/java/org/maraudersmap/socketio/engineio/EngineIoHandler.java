package org.maraudersmap.socketio.engineio;

/**
 * What sits on top of a session. Messages come on event loops, one at a time and in order: never block here.
 * {@link #onClose} comes once, on any thread, and nothing follows it.
 */
public interface EngineIoHandler {

    /** A text message (Engine.IO 4, packet type 4), without its type. */
    void onText(String message);

    /** A binary message: a WebSocket binary frame, or base64 in a polling payload. */
    void onBinary(byte[] message);

    /** The session is over. */
    void onClose(CloseReason reason);
}
