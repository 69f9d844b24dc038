package org.maraudersmap.server.notifications;

import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.UserSnapshot;

/**
 * That what a comment's mentions brought is to go, as the comment has gone.
 *
 * @param link
 *            of the notifications
 * @param causedBy
 *            who deleted the comment
 * @param traceId
 *            the trace of the deletion
 */
record Withdrawal(String link, @Nullable UserSnapshot causedBy, @Nullable String traceId) {}
