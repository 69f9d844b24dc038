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
 */
public record NewEvent(String topic, String key, String type, @Nullable UserSnapshot actor, Object data) {}
