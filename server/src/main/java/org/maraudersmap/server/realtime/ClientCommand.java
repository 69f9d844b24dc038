package org.maraudersmap.server.realtime;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A command that clients send over their sockets, such as {@code typing:start}. Make it a Spring bean; each event name
 * has one at most.
 */
public interface ClientCommand {

    /** The Socket.IO event that carries it. */
    String nameOfClientEvent();

    /**
     * Carries the command out, on a virtual thread, in the order of the client's other commands.
     *
     * @param payload
     *            the event's first argument; missing if there was none
     * @return what the acknowledgement says besides {@code ok: true}
     * @throws org.maraudersmap.server.platform.problem.Problem
     *             the refusal, which the acknowledgement carries
     */
    Map<String, Object> runCommandOfClient(ConnectedClient client, JsonNode payload);
}
