package org.maraudersmap.server.notifications;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A notification as its owner sees it. */
record Notification(
        UUID id,
        NotificationType type,
        String message,
        String link,
        Instant createdAt,
        @JsonProperty("isRead") boolean isRead,
        @Nullable Instant readAt) {

    Notification readAt(Instant now) {
        return new Notification(id, type, message, link, createdAt, true, now);
    }
}
