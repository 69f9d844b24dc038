package org.maraudersmap.server.backbone;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.PageRequest;
import org.maraudersmap.server.platform.Role;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Consumers and their dead letters, for an ADMIN. */
@RestController
@RequestMapping(path = "/api/monitoring", produces = MediaType.APPLICATION_JSON_VALUE)
class ConsumerController {
    private final ConsumerService consumers;
    private final EventLog log;

    ConsumerController(ConsumerService consumers, EventLog log) {
        this.consumers = consumers;
        this.log = log;
    }

    record ConsumerList(List<ConsumerStanding> consumers, int count) {}

    /**
     * Where to send it.
     *
     * @param position
     *            the last one that it does not read again
     */
    record ResetRequest(@NotNull Long position) {}

    /** One page; {@code nextCursor} is null on the last one. */
    record DeadLetterPage(List<DeadLetterView> deadLetters, int count, @Nullable String nextCursor) {}

    @GetMapping("/consumers")
    ResponseEntity<ConsumerList> listStandingOfConsumers(Actor actor) {
        requireAdministrator(actor);
        var head = log.head();
        var standing = consumers.listStandingOfConsumers();
        return ResponseEntity.ok().headers(new LogHeaders(head)).body(new ConsumerList(standing, standing.size()));
    }

    @PostMapping("/consumers/{id}/reset")
    ConsumerStanding resetConsumerToPosition(
            Actor actor, @PathVariable String id, @RequestBody ResetRequest request) {
        requireAdministrator(actor);
        return consumers.resetConsumerToPosition(id, request.position());
    }

    @GetMapping("/dead-letters")
    DeadLetterPage listDeadLettersOldestFirst(
            Actor actor,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> cursor) {
        requireAdministrator(actor);
        var page = consumers.listDeadLettersOldestFirst(PageRequest.of(limit, cursor));
        var letters = page.rows().stream().map(DeadLetterView::of).toList();
        return new DeadLetterPage(letters, letters.size(), page.nextCursor());
    }

    /** Answers with the first one of its key: that is tried next, and the others follow. */
    @PostMapping("/dead-letters/{id}/redrive")
    @ResponseStatus(HttpStatus.ACCEPTED)
    DeadLetterView redriveKeyOfLetter(Actor actor, @PathVariable long id) {
        requireAdministrator(actor);
        return DeadLetterView.of(consumers.redriveKeyOfLetter(id));
    }

    private static void requireAdministrator(Actor actor) {
        actor.requireRole(Role.ADMIN, "Only an ADMIN sees and moves consumers.");
    }
}
