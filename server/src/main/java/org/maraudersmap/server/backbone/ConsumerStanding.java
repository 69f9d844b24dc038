package org.maraudersmap.server.backbone;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How a consumer gets on.
 *
 * @param node
 *            the node that it belongs to; {@code null} for one of the whole cluster
 * @param lag
 *            how many events it has not come to yet
 * @param lagSeconds
 *            how long the next of them has been waiting
 * @param parked
 *            events that it could not handle, with those that wait behind them
 * @param dead
 *            those among them that have no attempt left
 */
record ConsumerStanding(
        String id,
        @Nullable String node,
        long position,
        long lag,
        double lagSeconds,
        State state,
        long parked,
        long dead) {

    /** Whether it gets on. */
    enum State {
        /** It handles what comes. */
        @JsonProperty("running")
        RUNNING,
        /** What it needs does not work; it tries the same again. */
        @JsonProperty("paused")
        PAUSED,
        /** It handles what comes, but for the events of some keys. */
        @JsonProperty("parked")
        PARKED,
        /** Its node is away, or no node runs it any more. */
        @JsonProperty("stopped")
        STOPPED
    }
}
