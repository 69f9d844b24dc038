package org.maraudersmap.server.notifications;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.maraudersmap.eventlog.EventRecorder;
import org.maraudersmap.server.identity.UserDirectory;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.PageRequest;
import org.maraudersmap.server.platform.problem.Problem;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happens to notifications. Each command locks the owner first, so that his events are recorded in the order in
 * which they happened. Somebody else's notification does not exist, whatever the role.
 */
@Service
class NotificationService {
    private final NotificationRepository repository;
    private final NotificationEvents events;
    private final EventRecorder recorder;
    private final UserDirectory users;
    private final Clock clock;

    NotificationService(
            NotificationRepository repository,
            NotificationEvents events,
            EventRecorder recorder,
            UserDirectory users,
            Clock clock) {
        this.repository = repository;
        this.events = events;
        this.recorder = recorder;
        this.users = users;
        this.clock = clock;
    }

    /**
     * Makes those that are not there yet, then takes back those that are withdrawn: a few statements, however many they
     * are. All owners are locked at once, as everywhere.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void notifyUsersOnceOnly(List<Notice> notices, List<Withdrawal> withdrawals) {
        var links = withdrawals.stream().map(Withdrawal::link).toList();
        var owners = notices.stream().map(Notice::userId).collect(Collectors.toCollection(HashSet::new));
        owners.addAll(links.isEmpty() ? List.of() : repository.findOwnersOfMentionsWithLinks(links));
        var existing = users.lockUsersWithIds(owners);
        createUnlessThere(notices.stream().filter(notice -> existing.contains(notice.userId())).toList());
        if (!withdrawals.isEmpty()) {
            withdraw(withdrawals);
        }
    }

    private void createUnlessThere(List<Notice> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        var now = clock.instant();
        var created = repository.insertNotificationsUnlessThere(wanted, now);
        recorder.record(
                wanted.stream()
                        .flatMap(
                                notice -> Optional.ofNullable(created.get(notice))
                                        .map(id -> events.describeCreationOfNotification(id, notice, now))
                                        .stream())
                        .toList());
    }

    /** Those that their owners have dismissed already are gone, so that a second time does nothing. */
    private void withdraw(List<Withdrawal> withdrawals) {
        var byLink = withdrawals.stream()
                .collect(Collectors.toMap(Withdrawal::link, Function.identity(), (first, _) -> first));
        var withdrawn = repository.dismissMentionsWithLinks(byLink.keySet(), clock.instant());
        if (!withdrawn.isEmpty()) {
            recorder.record(
                    withdrawn.stream()
                            .map(
                                    mention -> events.describeWithdrawalOfNotification(
                                            mention.id(),
                                            mention.userId(),
                                            Objects.requireNonNull(byLink.get(mention.link()))))
                            .toList());
        }
    }

    NotificationPage listNotificationsNewestFirst(Actor owner, boolean onlyUnread, PageRequest request) {
        var read = repository.listNotificationsBelowCursor(
                owner.userId(), onlyUnread, request.lastSeen(), request.rowsToRead());
        var page = request.cut(read, NotificationRepository.Row::number);
        return new NotificationPage(
                page.rows().stream().map(NotificationRepository.Row::notification).toList(),
                countUnreadNotificationsOfOwner(owner),
                page.nextCursor());
    }

    long countUnreadNotificationsOfOwner(Actor owner) {
        return repository.countUnreadNotificationsOfUser(owner.userId());
    }

    /** One that is read already stays as it is. */
    @Transactional
    Notification markNotificationAsRead(UUID id, Actor owner) {
        var notification = lockNotificationOfOwner(id, owner);
        if (notification.isRead()) {
            return notification;
        }
        var now = clock.instant();
        repository.markNotificationReadWithEvent(
                id, now, events.describeReadingOfNotifications(List.of(id), owner.user()));
        return notification.readAt(now);
    }

    /** How many were not read yet; one event names them all. */
    @Transactional
    int markAllNotificationsRead(Actor owner) {
        users.lockUsersWithIds(List.of(owner.userId()));
        var marked = repository.markAllNotificationsRead(owner.userId(), clock.instant());
        if (!marked.isEmpty()) {
            recorder.record(events.describeReadingOfNotifications(marked, owner.user()));
        }
        return marked.size();
    }

    @Transactional
    void dismissNotificationOfOwner(UUID id, Actor owner) {
        var dismissed = lockNotificationOfOwner(id, owner);
        repository.dismissNotificationWithEvent(
                dismissed.id(), clock.instant(), events.describeDismissalOfNotification(id, owner.user()));
    }

    private Notification lockNotificationOfOwner(UUID id, Actor owner) {
        users.lockUsersWithIds(List.of(owner.userId()));
        return repository.findNotificationOfUser(id, owner.userId())
                .orElseThrow(() -> Problem.notFound("notification", id));
    }
}
