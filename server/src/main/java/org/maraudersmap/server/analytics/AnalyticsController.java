package org.maraudersmap.server.analytics;

import org.maraudersmap.server.backbone.ConsumerProgress;
import org.maraudersmap.server.backbone.LogHeaders;
import org.maraudersmap.server.platform.Actor;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The counters over HTTP. */
@RestController
class AnalyticsController {
    private final AnalyticsRepository counters;
    private final ConsumerProgress progress;

    AnalyticsController(AnalyticsRepository counters, ConsumerProgress progress) {
        this.counters = counters;
        this.progress = progress;
    }

    /** {@code Log-Position} says up to where the log has been counted; ask again rather than count later events on. */
    @GetMapping(path = "/api/analytics/overview", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AnalyticsOverview> showOverviewOfIncidents(Actor actor) {
        var head = progress.readHeadOfConsumer(AnalyticsProjector.NAME);
        var overview = AnalyticsOverview.of(counters.readAmountsOfCounters());
        return ResponseEntity.ok().headers(new LogHeaders(head)).body(overview);
    }
}
