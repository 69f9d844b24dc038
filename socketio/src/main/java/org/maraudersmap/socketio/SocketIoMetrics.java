package org.maraudersmap.socketio;

import org.maraudersmap.socketio.engineio.EngineIoMetrics;

/**
 * What happens in the server, for counters and gauges. Called on event loops and virtual threads, sometimes under
 * locks: return at once and throw nothing.
 */
public interface SocketIoMetrics extends EngineIoMetrics {

    /** A client was accepted into a namespace. */
    default void socketConnected(String namespace, boolean recovered) {}

    /** A client was not accepted into a namespace. */
    default void socketRefused(String namespace, String message) {}

    /** A socket left a namespace. */
    default void socketDisconnected(String namespace, DisconnectReason reason) {}

    /** A broadcast was handed to so many sockets. */
    default void broadcast(String namespace, int recipients) {}

    /** An event was not handled because its socket sends too many. */
    default void rateLimited(String namespace) {}

    /** A handler threw. */
    default void handlerFailed(String namespace, String event) {}

    /** A recovery was asked for and refused. */
    default void recoveryRefused(String namespace, String why) {}

    /** So many messages were sent again to a socket that recovered. */
    default void replayed(String namespace, int messages) {}
}
