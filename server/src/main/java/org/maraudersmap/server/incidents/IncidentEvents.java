package org.maraudersmap.server.incidents;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.UserSnapshot;
import org.springframework.stereotype.Component;

/**
 * The facts about incidents, as they are recorded. Every one carries the whole incident, so a reader needs no other.
 */
@Component
final class IncidentEvents {
    static final String CREATED = "incident.created";
    static final String UPDATED = "incident.updated";
    static final String ASSIGNED = "incident.assigned";
    static final String RESOLVED = "incident.resolved";
    static final String ARCHIVED = "incident.archived";

    /** Data of {@link #UPDATED}. */
    record Updated(
            long id,
            Map<String, @Nullable Object> updatedFields,
            Map<String, @Nullable Object> previousValues,
            Incident incident) {}

    /** Data of {@link #ASSIGNED}. */
    record Assigned(long incidentId, @Nullable UUID assignedTo, @Nullable UUID previousAssignee, Incident incident) {}

    /** Data of {@link #RESOLVED}. */
    record Resolved(
            long incidentId,
            @Nullable UUID resolvedBy,
            @Nullable Instant resolvedAt,
            @Nullable String resolution,
            Incident incident,
            Map<String, @Nullable Object> previousValues) {}

    /** Data of {@link #ARCHIVED}. */
    record Archived(long incidentId, Incident incident, Map<String, @Nullable Object> previousValues) {}

    /** The event of a report; its data is the incident itself. */
    NewEvent describeReportOfIncident(Incident incident, UserSnapshot actor) {
        return about(incident, CREATED, actor, incident);
    }

    /** The event of a change. */
    NewEvent describeChangeOfIncident(IncidentChange change, UserSnapshot actor) {
        var incident = change.after();
        return switch (change.kind()) {
            case EDITED -> about(incident, UPDATED, actor, new Updated(
                    incident.id(), change.changedFields(), change.previousValues(), incident));
            case ASSIGNED -> about(incident, ASSIGNED, actor, new Assigned(
                    incident.id(), incident.assignedTo(), change.before().assignedTo(), incident));
            case RESOLVED -> about(incident, RESOLVED, actor, new Resolved(
                    incident.id(),
                    incident.resolvedBy(),
                    incident.resolvedAt(),
                    incident.resolution(),
                    incident,
                    change.previousValues()));
            case ARCHIVED -> about(incident, ARCHIVED, actor, new Archived(
                    incident.id(), incident, change.previousValues()));
        };
    }

    private static NewEvent about(Incident incident, String type, UserSnapshot actor, Object data) {
        return new IncidentRef(incident.id()).event(type, actor, data);
    }
}
