package org.maraudersmap.server.notifications;

import java.util.Optional;
import java.util.UUID;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.backbone.LogHeaders;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's own notifications over HTTP. */
@RestController
@RequestMapping(path = "/api/notifications", produces = MediaType.APPLICATION_JSON_VALUE)
final class NotificationController {
    private final NotificationService service;
    private final EventLog log;

    NotificationController(NotificationService service, EventLog log) {
        this.service = service;
        this.log = log;
    }

    /** How many. */
    record NotificationCount(long count) {}

    @GetMapping
    ResponseEntity<NotificationPage> listNotificationsNewestFirst(
            Actor actor,
            @RequestParam(defaultValue = "false") boolean unread,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> cursor) {
        var head = log.head();
        var page = service.listNotificationsNewestFirst(actor, unread, PageRequest.of(limit, cursor));
        return ResponseEntity.ok().headers(new LogHeaders(head)).body(page);
    }

    @GetMapping("/unread/count")
    ResponseEntity<NotificationCount> countUnreadNotificationsOfActor(Actor actor) {
        var head = log.head();
        var count = service.countUnreadNotificationsOfOwner(actor);
        return ResponseEntity.ok().headers(new LogHeaders(head)).body(new NotificationCount(count));
    }

    @PatchMapping("/{id}/read")
    Notification markNotificationAsRead(Actor actor, @PathVariable UUID id) {
        return service.markNotificationAsRead(id, actor);
    }

    @PatchMapping("/read-all")
    NotificationCount markAllNotificationsRead(Actor actor) {
        return new NotificationCount(service.markAllNotificationsRead(actor));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void dismissNotificationOfActor(Actor actor, @PathVariable UUID id) {
        service.dismissNotificationOfOwner(id, actor);
    }
}
