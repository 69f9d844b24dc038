package org.maraudersmap.server.notifications;

import java.util.List;
import java.util.UUID;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.backbone.EventConsumer;
import org.maraudersmap.server.backbone.EventHistory;
import org.maraudersmap.server.identity.UserDirectory;
import org.maraudersmap.server.platform.Role;
import org.springframework.stereotype.Component;

/**
 * Makes notifications from the log and takes back those of deleted comments, whether or not those whom they concern are
 * online.
 */
@Component
final class NotificationDispatcher implements EventConsumer {
    private final NotificationRules rules;
    private final NotificationService service;
    private final UserDirectory users;
    private final EventHistory history;

    NotificationDispatcher(
            NotificationRules rules, NotificationService service, UserDirectory users, EventHistory history) {
        this.rules = rules;
        this.service = service;
        this.users = users;
        this.history = history;
    }

    @Override
    public String consumerName() {
        return "notification-dispatcher";
    }

    @Override
    public Start startOfFirstRun() {
        return Start.BEGINNING;
    }

    @Override
    public boolean wantsEventsOfType(String eventType) {
        return NotificationRules.TYPES.contains(eventType);
    }

    @Override
    public void handleEventsInOrder(List<PositionedEvent> events) {
        var aurors = findAurorsIfAnyIsNeeded(events.stream().map(PositionedEvent::event).toList());
        service.notifyUsersOnceOnly(
                events.stream().flatMap(event -> planNoticesUnlessWithdrawn(event, aurors).stream()).toList(),
                events.stream().flatMap(event -> rules.planWithdrawalAfterEvent(event.event()).stream()).toList());
    }

    /** An event may be handled long after it happened, and after the deletion has been handled. */
    private List<Notice> planNoticesUnlessWithdrawn(PositionedEvent event, List<UUID> aurors) {
        var notices = rules.planNoticesOfEvent(event.event(), aurors);
        var isMention = notices.stream().anyMatch(notice -> notice.type() == NotificationType.MENTION);
        return isMention && history.readEventsThatFollowed(event, NotificationRules.COMMENT_DELETED)
                .stream()
                .anyMatch(deleted -> rules.isCommentOfEventDeleted(event.event(), deleted)) ? List.of() : notices;
    }

    private List<UUID> findAurorsIfAnyIsNeeded(List<EventEnvelope> events) {
        return events.stream().anyMatch(rules::doesEventEscalateIncident)
                ? users.findUserSnapshotsByRole(Role.AUROR).stream().map(UserSnapshot::id).toList()
                : List.of();
    }
}
