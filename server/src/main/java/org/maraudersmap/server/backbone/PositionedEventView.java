package org.maraudersmap.server.backbone;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import org.maraudersmap.eventlog.EventEnvelope;

/**
 * An event as REST shows it.
 *
 * @param event
 *            the envelope, exactly as it was recorded
 */
public record PositionedEventView(
        long position, @JsonRawValue @Schema(implementation = EventEnvelope.class) String event) {}
