package org.maraudersmap.server.presence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One socket of a user, as {@code presence_sessions} has it.
 *
 * @param room
 *            the one that it is in, of those that clients enter
 */
record PresenceSession(
        String socketId, UUID userId, Instant connectedAt, Instant lastSeen, Optional<String> room) {}
