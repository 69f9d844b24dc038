package org.maraudersmap.server.platform.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.maraudersmap.server.platform.Caller;
import org.maraudersmap.server.platform.OpenRoute;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** All meters of this node, for Prometheus; without secrets. */
@RestController
class MetricsController {
    private static final String PROMETHEUS_TEXT = "text/plain;version=0.0.4;charset=utf-8";

    private final PrometheusMeterRegistry meters;
    private final MetricsAccess access;

    MetricsController(PrometheusMeterRegistry meters, MetricsAccess access) {
        this.meters = meters;
        this.access = access;
    }

    /** Open as far as METRICS_ACCESS says. */
    @OpenRoute
    @GetMapping(path = "/metrics", produces = PROMETHEUS_TEXT)
    String scrapeMetersAsPrometheusText(Caller caller) {
        access.refuseCallerWithoutAccess(caller);
        return meters.scrape(PROMETHEUS_TEXT);
    }
}
