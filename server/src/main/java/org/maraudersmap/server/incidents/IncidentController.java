package org.maraudersmap.server.incidents;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.backbone.LogHeaders;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.PageRequest;
import org.maraudersmap.server.platform.input.Text;
import org.maraudersmap.server.platform.problem.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Incidents over HTTP. */
@RestController
@RequestMapping(path = "/api/incidents", produces = MediaType.APPLICATION_JSON_VALUE)
final class IncidentController {
    private static final int LONGEST_SEARCH_TEXT = 1_000;

    private final IncidentService service;
    private final EventLog log;

    IncidentController(IncidentService service, EventLog log) {
        this.service = service;
        this.log = log;
    }

    /** Why and how it was resolved; may be left out. */
    record Resolving(@Nullable @Text(longest = LONGEST_RESOLUTION) String resolution) {
        private static final int LONGEST_RESOLUTION = 10_000;

        static @Nullable String textOf(@Nullable Resolving body) {
            return body == null ? null : body.resolution();
        }
    }

    /** Who shall see to it; {@code null} for nobody, but never left out. */
    record Assigning(@JsonProperty(required = true) @Nullable UUID userId) {}

    @GetMapping
    ResponseEntity<IncidentPage> listIncidentsNewestFirst(
            Actor actor,
            @RequestParam Optional<List<Status>> status,
            @RequestParam Optional<List<Severity>> severity,
            @RequestParam Optional<List<Location>> location,
            @RequestParam Optional<UUID> assignee,
            @RequestParam Optional<UUID> reporter,
            @RequestParam Optional<Boolean> urgent,
            @RequestParam Optional<String> q,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> cursor) {
        var request = PageRequest.of(limit, cursor);
        var filter = new IncidentFilter(
                status.orElse(List.of()),
                severity.orElse(List.of()),
                location.orElse(List.of()),
                assignee,
                reporter,
                urgent,
                q.filter(text -> !text.isBlank()).map(IncidentController::requireUsableSearchText));
        var head = log.head();
        var page = service.listIncidentsNewestFirst(filter, request);
        return ResponseEntity.ok().headers(new LogHeaders(head)).body(page);
    }

    private static String requireUsableSearchText(String text) {
        if (text.length() > LONGEST_SEARCH_TEXT) {
            throw Problem.invalidParameter("q", text, "a text of at most " + LONGEST_SEARCH_TEXT + " characters");
        }
        return text;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Incident> reportIncidentOnMap(
            Actor actor,
            @RequestBody IncidentReport.Draft draft,
            @RequestHeader("Idempotency-Key") Optional<String> idempotencyKey) {
        var incident = service.reportIncidentWithEvent(draft.toReport(), actor, idempotencyKey);
        return ResponseEntity.created(URI.create("/api/incidents/" + incident.id()))
                .eTag(VersionTags.tagOf(incident))
                .body(incident);
    }

    /** {@code If-None-Match} is answered by Spring, from the entity tag; but it does not know {@code *}. */
    @GetMapping("/{id}")
    ResponseEntity<Incident> readIncidentWithId(
            Actor actor,
            @PathVariable long id,
            @RequestHeader(HttpHeaders.IF_NONE_MATCH) Optional<String> ifNoneMatch) {
        var head = log.head();
        var incident = service.readIncidentWithId(id);
        if (ifNoneMatch.filter(tags -> tags.strip().equals("*")).isPresent()) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .headers(new LogHeaders(head))
                    .eTag(VersionTags.tagOf(incident))
                    .build();
        }
        return ResponseEntity.ok()
                .headers(new LogHeaders(head))
                .eTag(VersionTags.tagOf(incident))
                .body(incident);
    }

    /** Everything that happened to it, comments included. */
    @GetMapping("/{id}/timeline")
    ResponseEntity<IncidentTimeline> readTimelineOfIncident(
            Actor actor,
            @PathVariable long id,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> cursor) {
        var head = log.head();
        var timeline = service.readTimelineOfIncident(id, PageRequest.of(limit, cursor));
        return ResponseEntity.ok().headers(new LogHeaders(head)).body(timeline);
    }

    @RequestMapping(path = "/{id}", method = {RequestMethod.PUT, RequestMethod.PATCH})
    ResponseEntity<Incident> editIncidentWithId(
            Actor actor,
            @PathVariable long id,
            @RequestBody IncidentEdit.Draft draft,
            @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        return answer(service.editIncidentWithEvents(id, draft.toEdit(), actor, known(ifMatch)));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Incident> resolveIncidentByDeletion(
            Actor actor,
            @PathVariable long id,
            @RequestBody(required = false) @Nullable Resolving body,
            @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        return answer(service.resolveIncidentWithReason(id, Resolving.textOf(body), actor, known(ifMatch)));
    }

    @PatchMapping("/{id}/resolve")
    ResponseEntity<Incident> resolveIncidentWithReason(
            Actor actor,
            @PathVariable long id,
            @RequestBody(required = false) @Nullable Resolving body,
            @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        return answer(service.resolveIncidentWithReason(id, Resolving.textOf(body), actor, known(ifMatch)));
    }

    @PutMapping("/{id}/assignee")
    ResponseEntity<Incident> assignIncidentToUser(
            Actor actor,
            @PathVariable long id,
            @RequestBody Assigning body,
            @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        return answer(service.assignIncidentToUser(id, body.userId(), actor, known(ifMatch)));
    }

    private static VersionTags known(Optional<String> ifMatch) {
        return ifMatch.map(VersionTags::parse).orElseGet(VersionTags::every);
    }

    private static ResponseEntity<Incident> answer(Incident incident) {
        return ResponseEntity.ok().eTag(VersionTags.tagOf(incident)).body(incident);
    }
}
