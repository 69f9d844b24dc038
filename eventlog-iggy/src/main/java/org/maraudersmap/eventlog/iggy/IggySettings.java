package org.maraudersmap.eventlog.iggy;

import java.time.Duration;
import java.util.Map;

/**
 * Where the server is, and how its stream is used.
 *
 * @param topics
 *            the topics of the events, each with its name on the server
 * @param batchSize
 *            most messages of a request
 * @param pollInterval
 *            how long to wait at most before looking for new messages again
 */
public record IggySettings(
        String host,
        int port,
        String username,
        String password,
        String stream,
        Map<String, String> topics,
        int batchSize,
        Duration pollInterval) {

    /** Keeps a copy of the topics. */
    public IggySettings {
        topics = Map.copyOf(topics);
    }

    /** Without the password, which must not get into any log. */
    @Override
    public String toString() {
        return username + "@" + address() + "/" + stream + " " + topics.values();
    }

    String address() {
        return host + ":" + port;
    }
}
