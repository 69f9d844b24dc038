package org.maraudersmap.server.realtime;

import org.maraudersmap.socketio.DisconnectReason;

/**
 * Hears what the clients of this node do. A bean of this type is called on virtual threads, for each client in order;
 * the client waits, so it must not block for long. What a change of a role does to open sockets is told by
 * {@link org.maraudersmap.server.platform.SessionListener}, when they last gave a sign of life by
 * {@link ConnectedClients}.
 */
public interface ClientListener {

    /**
     * A client has connected, and is welcomed as soon as all have heard of it. If it went on where a former connection
     * broke, it is in the rooms of that one again.
     */
    default void onClientConnected(ConnectedClient client) {}

    /**
     * A client has gone, out of these rooms. If it was superseded, the same client has come back on another connection,
     * here or on another node, with the same socket id.
     */
    default void onClientDisconnected(ConnectedClient client, DisconnectReason reason) {}

    /** A client has entered a room; {@code client} shows it inside. */
    default void onRoomEntered(ConnectedClient client, String room) {}

    /** A client has left a room; {@code client} shows it outside. */
    default void onRoomLeft(ConnectedClient client, String room) {}
}
