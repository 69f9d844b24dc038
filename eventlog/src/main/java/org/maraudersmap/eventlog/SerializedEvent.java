package org.maraudersmap.eventlog;

import java.util.UUID;

/** An envelope on its way to where it is recorded: its id, and the JSON that is kept. */
public record SerializedEvent(UUID eventId, String json) {}
