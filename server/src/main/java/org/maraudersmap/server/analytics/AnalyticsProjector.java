package org.maraudersmap.server.analytics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.backbone.Projection;
import org.springframework.stereotype.Component;

/**
 * Counts incidents from their events alone: each takes away what the incident counted for before, and adds what it
 * counts for now.
 */
@Component
final class AnalyticsProjector implements Projection {
    static final String NAME = "analytics-projector";
    private static final String CREATED = "incident.created";
    /** An assignment changes nothing that is counted. */
    private static final Set<String> CHANGES = Set.of("incident.updated", "incident.resolved", "incident.archived");

    private final AnalyticsRepository counters;

    AnalyticsProjector(AnalyticsRepository counters) {
        this.counters = counters;
    }

    @Override
    public String consumerName() {
        return NAME;
    }

    @Override
    public boolean wantsEventsOfType(String eventType) {
        return eventType.equals(CREATED) || CHANGES.contains(eventType);
    }

    @Override
    public void handleEventsInOrder(List<PositionedEvent> events) {
        Map<Counter, Long> amounts = new HashMap<>();
        events.forEach(event -> count(event.event(), amounts));
        amounts.values().removeIf(amount -> amount == 0);
        counters.addAmountsToCounters(amounts);
    }

    private static void count(EventEnvelope event, Map<Counter, Long> amounts) {
        var data = event.data();
        if (event.eventType().equals(CREATED)) {
            CountedIncident.of(data).contribution().forEach((counter, amount) -> add(amounts, counter, amount));
            return;
        }
        var incident = data.path("incident");
        CountedIncident.of(incident, data.path("previousValues"))
                .contribution()
                .forEach((counter, amount) -> add(amounts, counter, -amount));
        CountedIncident.of(incident).contribution().forEach((counter, amount) -> add(amounts, counter, amount));
    }

    private static void add(Map<Counter, Long> amounts, Counter counter, long amount) {
        amounts.merge(counter, amount, Long::sum);
    }

    @Override
    public void emptyProjectionForRebuild() {
        counters.forgetAmountsOfCounters();
    }
}
