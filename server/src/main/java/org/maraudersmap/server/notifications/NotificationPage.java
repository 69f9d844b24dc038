package org.maraudersmap.server.notifications;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of somebody's notifications, newest first.
 *
 * @param unreadCount
 *            of all that he has
 * @param nextCursor
 *            asks for the next page; {@code null} on the last one
 */
record NotificationPage(List<Notification> notifications, long unreadCount, @Nullable String nextCursor) {}
