package org.maraudersmap.eventlog;

import java.util.UUID;

/** The newest event of a topic, as a broker holds it. */
public record TopicEnd(long position, UUID eventId) {}
