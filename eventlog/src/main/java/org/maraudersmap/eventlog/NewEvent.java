package org.maraudersmap.eventlog;

import org.jspecify.annotations.Nullable;

/**
 * A fact to be recorded. The recorder adds what makes it an {@link EventEnvelope}: id, time, source and trace.
 *
 * @param topic
 *            where it belongs, such as {@code incident-events}
 * @param key
 *            events of one topic and key keep the order in which their transactions committed
 * @param type
 *            dotted, past tense, such as {@code incident.created}
 * @param actor
 *            who did it; {@code null} where nobody signed in did
 * @param data
 *            what is particular to the type; anything that Jackson writes as a JSON object
 * @param traceId
 *            the trace that it belongs to; {@code null}: that of the work in progress, if it has one
 */
public record NewEvent(
        String topic,
        String key,
        String type,
        @Nullable UserSnapshot actor,
        Object data,
        @Nullable String traceId) {

    /** A fact that comes of the work in progress. */
    public NewEvent(String topic, String key, String type, @Nullable UserSnapshot actor, Object data) {
        this(topic, key, type, actor, data, null);
    }

    /** The same as a consequence of another event: its trace goes on. */
    public NewEvent inTrace(@Nullable String trace) {
        return new NewEvent(topic, key, type, actor, data, trace);
    }
}
