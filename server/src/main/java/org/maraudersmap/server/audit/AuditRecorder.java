package org.maraudersmap.server.audit;

import java.util.List;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.backbone.EventConsumer;
import org.springframework.stereotype.Component;

/** Takes the events of all topics into the trail, of whatever type. */
@Component
final class AuditRecorder implements EventConsumer {
    static final String NAME = "audit-recorder";

    private final AuditRepository trail;

    AuditRecorder(AuditRepository trail) {
        this.trail = trail;
    }

    @Override
    public String consumerName() {
        return NAME;
    }

    @Override
    public Start startOfFirstRun() {
        return Start.BEGINNING;
    }

    @Override
    public boolean wantsEventsOfType(String eventType) {
        return true;
    }

    @Override
    public void handleEventsInOrder(List<PositionedEvent> events) {
        trail.appendEventsUnlessThere(events);
    }
}
