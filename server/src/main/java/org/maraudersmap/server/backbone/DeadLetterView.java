package org.maraudersmap.server.backbone;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventEnvelope;

/**
 * A parked event as REST shows it.
 *
 * @param event
 *            the envelope, exactly as it was recorded
 */
record DeadLetterView(
        long id,
        String consumer,
        DeadLetter.State state,
        long position,
        String topic,
        String key,
        int attempts,
        @Nullable String error,
        Instant parkedAt,
        @Nullable Instant nextAttemptAt,
        @JsonRawValue @Schema(implementation = EventEnvelope.class) String event) {

    static DeadLetterView of(DeadLetter letter) {
        return new DeadLetterView(
                letter.id(),
                letter.consumer(),
                letter.state(),
                letter.event().position(),
                letter.event().topic(),
                letter.event().key(),
                letter.attempts(),
                letter.error(),
                letter.parkedAt(),
                letter.nextAttemptAt(),
                letter.event().json());
    }
}
