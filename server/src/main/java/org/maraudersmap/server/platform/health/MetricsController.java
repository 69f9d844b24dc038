package org.maraudersmap.server.platform.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** All meters of this node, for Prometheus; open to everyone, without secrets. */
@RestController
class MetricsController {
    private static final String PROMETHEUS_TEXT = "text/plain;version=0.0.4;charset=utf-8";

    private final PrometheusMeterRegistry meters;

    MetricsController(PrometheusMeterRegistry meters) {
        this.meters = meters;
    }

    @GetMapping(path = "/metrics", produces = PROMETHEUS_TEXT)
    String scrapeMetersAsPrometheusText() {
        return meters.scrape(PROMETHEUS_TEXT);
    }
}
