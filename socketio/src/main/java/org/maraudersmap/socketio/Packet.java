package org.maraudersmap.socketio;

import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * A Socket.IO 5 packet from a client, its attachments put back where their placeholders were.
 *
 * @param data
 *            a missing node if the packet has none
 */
record Packet(Type type, String namespace, OptionalLong id, JsonNode data) {

    /** What a client may send; the binary types are these too, once they are complete. */
    enum Type {
        CONNECT, DISCONNECT, EVENT, ACK
    }
}
