package org.maraudersmap.server.audit;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.backbone.ConsumerProgress;
import org.maraudersmap.server.backbone.LogHeaders;
import org.maraudersmap.server.backbone.PositionedEventView;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.NdjsonBody;
import org.maraudersmap.server.platform.PageRequest;
import org.maraudersmap.server.platform.Role;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The trail over HTTP, for an ADMIN: in pages, or all at once as NDJSON. */
@RestController
class AuditController {
    private final AuditRepository trail;
    private final ConsumerProgress progress;

    AuditController(AuditRepository trail, ConsumerProgress progress) {
        this.trail = trail;
        this.progress = progress;
    }

    /** One page, in the order of the log; {@code nextCursor} is null on the last one. */
    record AuditPage(List<PositionedEventView> events, int count, @Nullable String nextCursor) {}

    /**
     * With {@code Accept: application/x-ndjson} everything that is asked for, {@code limit} or not, one
     * {@code {"position":…,"event":…}} a line.
     */
    @GetMapping(path = "/api/audit", produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    @ApiResponse(responseCode = "200", content = {
            @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = AuditPage.class)),
            @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, schema = @Schema(implementation = PositionedEventView.class))})
    ResponseEntity<?> readTrailOfEvents(
            Actor actor,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam Optional<Long> upTo,
            @RequestParam Optional<UUID> user,
            @RequestParam Optional<List<String>> type,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> cursor,
            @RequestHeader(HttpHeaders.ACCEPT) Optional<String> accept) {
        actor.requireRole(Role.ADMIN, "Only an ADMIN reads the audit trail.");
        var request = PageRequest.of(limit, cursor);
        var asked = AuditFilter.of(from, to, after, upTo, user, type.orElse(List.of()));
        var filter = request.lastSeen().map(asked::behind).orElse(asked);
        var head = progress.readHeadOfConsumer(AuditRecorder.NAME);
        var answer = ResponseEntity.ok().headers(new LogHeaders(head));
        if (accept.filter(AuditController::asksForLines).isPresent()) {
            // What comes while the export runs is not part of it: it ends.
            var lines = new AuditLines(trail, filter.upTo(head.position()));
            return answer.contentType(MediaType.APPLICATION_NDJSON).body(new NdjsonBody(lines));
        }
        var page = request.cut(trail.readTrailInOrder(filter, request.rowsToRead()), PositionedEventView::position);
        return answer.contentType(MediaType.APPLICATION_JSON)
                .body(new AuditPage(page.rows(), page.rows().size(), page.nextCursor()));
    }

    private static boolean asksForLines(String accept) {
        return MediaType.parseMediaTypes(accept)
                .stream()
                .anyMatch(type -> type.isConcrete() && type.isCompatibleWith(MediaType.APPLICATION_NDJSON));
    }
}
