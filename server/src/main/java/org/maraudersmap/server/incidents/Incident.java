package org.maraudersmap.server.incidents;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something reported on the map. Its JSON, in REST and in events, has the specification's snake_case fields, always all
 * of them.
 *
 * @param version
 *            from 1; every event of the incident has one of its own
 */
record Incident(
        long id,
        String title,
        String description,
        Severity severity,
        Location location,
        Status status,
        @JsonProperty("reported_by") UUID reportedBy,
        @JsonProperty("reported_at") Instant reportedAt,
        @JsonProperty("assigned_to") @Nullable UUID assignedTo,
        @JsonProperty("updated_at") Instant updatedAt,
        @JsonProperty("resolved_by") @Nullable UUID resolvedBy,
        @JsonProperty("resolved_at") @Nullable Instant resolvedAt,
        @Nullable String resolution,
        long version) {

    /** The incident that a report makes, in its first version. */
    static Incident of(long id, IncidentReport report, UUID reporter, Instant now) {
        return new Incident(
                id,
                report.title(),
                report.description(),
                report.severity(),
                report.location(),
                Status.OPEN,
                reporter,
                now,
                null,
                now,
                null,
                null,
                null,
                1);
    }

    /** The next version, with other details; it keeps its resolution only while it is in a resolved status. */
    Incident withDetails(
            String newTitle,
            String newDescription,
            Severity newSeverity,
            Location newLocation,
            Status newStatus,
            Instant now) {
        var isResolved = newStatus.isResolved();
        return new Incident(
                id,
                newTitle,
                newDescription,
                newSeverity,
                newLocation,
                newStatus,
                reportedBy,
                reportedAt,
                assignedTo,
                now,
                isResolved ? resolvedBy : null,
                isResolved ? resolvedAt : null,
                isResolved ? resolution : null,
                version + 1);
    }

    /** The next version, resolved. */
    Incident withResolution(UUID resolver, String reason, Instant now) {
        return new Incident(
                id,
                title,
                description,
                severity,
                location,
                Status.RESOLVED,
                reportedBy,
                reportedAt,
                assignedTo,
                now,
                resolver,
                now,
                reason,
                version + 1);
    }

    /** The next version, assigned to somebody else or to nobody. */
    Incident withAssignee(@Nullable UUID assignee, Instant now) {
        return new Incident(
                id,
                title,
                description,
                severity,
                location,
                status,
                reportedBy,
                reportedAt,
                assignee,
                now,
                resolvedBy,
                resolvedAt,
                resolution,
                version + 1);
    }
}
