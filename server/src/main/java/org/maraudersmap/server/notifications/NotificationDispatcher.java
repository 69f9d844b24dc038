package org.maraudersmap.server.notifications;

import java.util.List;
import java.util.UUID;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.backbone.EventConsumer;
import org.maraudersmap.server.identity.UserDirectory;
import org.maraudersmap.server.platform.Role;
import org.springframework.stereotype.Component;

/** Makes notifications from the log, whether or not those whom they concern are online. */
@Component
final class NotificationDispatcher implements EventConsumer {
    private final NotificationRules rules;
    private final NotificationService service;
    private final UserDirectory users;

    NotificationDispatcher(NotificationRules rules, NotificationService service, UserDirectory users) {
        this.rules = rules;
        this.service = service;
        this.users = users;
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
        var envelopes = events.stream().map(PositionedEvent::event).toList();
        var aurors = findAurorsIfAnyIsNeeded(envelopes);
        service.notifyUsersOnceOnly(
                envelopes.stream().flatMap(event -> rules.planNoticesOfEvent(event, aurors).stream()).toList());
    }

    private List<UUID> findAurorsIfAnyIsNeeded(List<EventEnvelope> events) {
        return events.stream().anyMatch(rules::doesEventEscalateIncident)
                ? users.findUserSnapshotsByRole(Role.AUROR).stream().map(UserSnapshot::id).toList()
                : List.of();
    }
}
