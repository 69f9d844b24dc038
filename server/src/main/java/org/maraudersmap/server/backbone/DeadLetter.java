package org.maraudersmap.server.backbone;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.PositionedEvent;

/**
 * An event that a consumer could not handle, or that waits behind such a one of its key.
 *
 * @param attempts
 *            how often it has been tried, since it was parked or sent on its way again; 0 for one that waits
 * @param error
 *            why the last attempt failed
 * @param nextAttemptAt
 *            {@code null} for one that waits, and for one that has no attempt left
 */
record DeadLetter(
        long id,
        String consumer,
        PositionedEvent event,
        int attempts,
        @Nullable String error,
        Instant parkedAt,
        @Nullable Instant nextAttemptAt) {

    /** What becomes of it. */
    enum State {
        /** It will be tried again by itself. */
        @JsonProperty("retrying")
        RETRYING,
        /** An earlier event of its key comes first. */
        @JsonProperty("waiting")
        WAITING,
        /** Nothing becomes of it until an ADMIN sends it on its way again. */
        @JsonProperty("dead")
        DEAD
    }

    State state() {
        if (nextAttemptAt != null) {
            return State.RETRYING;
        }
        return attempts == 0 ? State.WAITING : State.DEAD;
    }
}
