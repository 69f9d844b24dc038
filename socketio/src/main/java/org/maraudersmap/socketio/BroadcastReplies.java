package org.maraudersmap.socketio;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the recipients of a broadcast acknowledged.
 *
 * @param replies
 *            the arguments of each acknowledgement, by socket id
 * @param missing
 *            the ids of the sockets that did not answer in time
 */
public record BroadcastReplies(Map<String, List<JsonNode>> replies, Set<String> missing) {

    public BroadcastReplies {
        replies = Map.copyOf(replies);
        missing = Set.copyOf(missing);
    }
}
