package org.maraudersmap.server.notifications;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.UserSnapshot;

/**
 * That a user is to be notified of an event.
 *
 * @param eventId
 *            together with user and type: it happens once
 * @param causedBy
 *            who did what he is notified of
 * @param traceId
 *            the trace of the event
 */
record Notice(
        UUID eventId,
        UUID userId,
        NotificationType type,
        String message,
        String link,
        @Nullable UserSnapshot causedBy,
        @Nullable String traceId) {}
