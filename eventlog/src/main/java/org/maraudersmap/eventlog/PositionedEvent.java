package org.maraudersmap.eventlog;

/**
 * An event at its place in the log. Position, topic and key travel beside the envelope and are no part of it.
 *
 * @param position
 *            from 1, strictly increasing, without gaps, the same for every backend
 * @param json
 *            the envelope exactly as it was recorded, unknown fields included
 * @param event
 *            the same, read
 */
public record PositionedEvent(long position, String topic, String key, String json, EventEnvelope event) {

    /** Refuses what is no position. */
    public PositionedEvent {
        if (position < 1) {
            throw new IllegalArgumentException("positions count from 1, got " + position);
        }
    }

    /** Reads the envelope from its JSON. */
    public static PositionedEvent of(long position, String topic, String key, String json, EventJson codec) {
        return new PositionedEvent(position, topic, key, json, codec.read(json));
    }
}
