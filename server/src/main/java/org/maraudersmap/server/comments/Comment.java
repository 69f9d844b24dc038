package org.maraudersmap.server.comments;

import java.time.Instant;
import org.maraudersmap.eventlog.UserSnapshot;

/**
 * Something that somebody said about an incident.
 *
 * @param id
 *            rises within an incident
 */
record Comment(long id, long incidentId, String content, UserSnapshot author, Instant createdAt) {}
