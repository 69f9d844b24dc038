package org.maraudersmap.server.notifications;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.UserSnapshot;
import org.springframework.stereotype.Component;

/** The facts about notifications; their key is the owner. */
@Component
final class NotificationEvents {
    static final String TOPIC = "notification-events";
    static final String CREATED = "notification.created";
    static final String READ = "notification.read";
    static final String DISMISSED = "notification.dismissed";
    static final Set<String> TYPES = Set.of(CREATED, READ, DISMISSED);

    /**
     * Data of {@link #CREATED}.
     *
     * @param userId
     *            the owner's
     */
    record Created(
            UUID notificationId,
            UUID userId,
            NotificationType type,
            String message,
            String link,
            Instant createdAt) {}

    /** Data of the others: one id, or all of them where several went at once. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Changed(@Nullable UUID notificationId, @Nullable List<UUID> notificationIds, UUID userId) {

        static Changed of(List<UUID> ids, UUID userId) {
            return ids.size() == 1 ? new Changed(ids.getFirst(), null, userId) : new Changed(null, ids, userId);
        }
    }

    /** Done by whoever did what the owner is notified of, and in the trace of that. */
    NewEvent describeCreationOfNotification(UUID id, Notice notice, Instant createdAt) {
        return new NewEvent(
                TOPIC,
                notice.userId().toString(),
                CREATED,
                notice.causedBy(),
                new Created(id, notice.userId(), notice.type(), notice.message(), notice.link(), createdAt))
                .inTrace(notice.traceId());
    }

    NewEvent describeReadingOfNotifications(List<UUID> ids, UserSnapshot owner) {
        return changed(READ, ids, owner);
    }

    NewEvent describeDismissalOfNotification(UUID id, UserSnapshot owner) {
        return changed(DISMISSED, List.of(id), owner);
    }

    /** Done by whoever deleted the comment, and in the trace of that. */
    NewEvent describeWithdrawalOfNotification(UUID id, UUID userId, Withdrawal withdrawal) {
        return new NewEvent(
                TOPIC, userId.toString(), DISMISSED, withdrawal.causedBy(), Changed.of(List.of(id), userId))
                .inTrace(withdrawal.traceId());
    }

    private static NewEvent changed(String type, List<UUID> ids, UserSnapshot owner) {
        return new NewEvent(TOPIC, owner.id().toString(), type, owner, Changed.of(ids, owner.id()));
    }
}
