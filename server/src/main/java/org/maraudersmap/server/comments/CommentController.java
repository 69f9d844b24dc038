package org.maraudersmap.server.comments;

import java.util.Optional;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.backbone.LogHeaders;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The thread under an incident, over HTTP. */
@RestController
@RequestMapping(path = "/api/incidents/{id}/comments", produces = MediaType.APPLICATION_JSON_VALUE)
final class CommentController {
    private final CommentService service;
    private final EventLog log;

    CommentController(CommentService service, EventLog log) {
        this.service = service;
        this.log = log;
    }

    @GetMapping
    ResponseEntity<CommentPage> listCommentsOldestFirst(
            Actor actor,
            @PathVariable long id,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> cursor) {
        var head = log.head();
        var page = service.listCommentsOldestFirst(id, PageRequest.of(limit, cursor));
        return ResponseEntity.ok().headers(new LogHeaders(head)).body(page);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Comment postCommentOnIncident(
            Actor actor,
            @PathVariable long id,
            @RequestBody CommentDraft draft,
            @RequestHeader("Idempotency-Key") Optional<String> idempotencyKey) {
        return service.postCommentOnIncident(id, draft.content(), actor, idempotencyKey);
    }

    @DeleteMapping("/{commentId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteCommentOfIncident(Actor actor, @PathVariable long id, @PathVariable long commentId) {
        service.deleteCommentOfIncident(id, commentId, actor);
    }
}
