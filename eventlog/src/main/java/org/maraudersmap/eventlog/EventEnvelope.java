package org.maraudersmap.eventlog;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A fact that has happened; never changed once recorded. Unknown fields are ignored on reading, so that a newer
 * producer stops no consumer.
 *
 * @param eventId
 *            unique, whatever the backend and however often it is delivered
 * @param timestamp
 *            UTC, milliseconds
 * @param userId
 *            who did it; {@code null} where nobody signed in did
 * @param data
 *            a JSON object; its shape depends on {@code eventType}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonPropertyOrder({"eventId", "eventType", "timestamp", "source", "userId", "metadata", "data"})
public record EventEnvelope(
        UUID eventId,
        String eventType,
        Instant timestamp,
        String source,
        @Nullable UUID userId,
        EventMetadata metadata,
        JsonNode data) {

    /** The {@code source} of every event of this product, as its specification fixes it. */
    public static final String SOURCE = "gryffindor-api";

    /** The version of the data schemas in force. */
    public static final String SCHEMA_VERSION = "1.0";

    /** Refuses JSON that lacks a part: it is no envelope, and half of one would fail far from where it came in. */
    public EventEnvelope {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(eventType, "eventType");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(data, "data");
        if (!data.isObject()) {
            throw new IllegalArgumentException("data of " + eventType + " must be a JSON object, got " + data);
        }
    }
}
