package org.maraudersmap.socketio.engineio;

/** What happens to sessions, for counters. Called on event loops: return at once and throw nothing. */
public interface EngineIoMetrics {

    /** Which transport carries a session. */
    enum Transport {
        /** HTTP long-polling. */
        POLLING,
        /** WebSocket. */
        WEBSOCKET
    }

    /** A session was opened. */
    default void sessionOpened(Transport transport) {}

    /** A session went from polling to WebSocket. */
    default void sessionUpgraded() {}

    /** A session ended. */
    default void sessionClosed(CloseReason reason) {}

    /** A request was refused, with the HTTP status and the reason that the client was told. */
    default void requestRefused(int status, String message) {}

    /** A message came in; its size is that of its payload in bytes (text: in characters). */
    default void messageReceived(int size) {}

    /** Messages were written to a transport; bytes as handed to it. */
    default void messagesSent(int count, int bytes) {}
}
