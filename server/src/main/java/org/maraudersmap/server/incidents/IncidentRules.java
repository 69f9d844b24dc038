package org.maraudersmap.server.incidents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.incidents.IncidentChange.Kind;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.input.TextRule;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.stereotype.Component;

/**
 * What follows from a command for an incident, and what is refused. Pure: an incident and a command in, the changes
 * out,
 * each the next version of the one before it; no change at all where everything is as asked already.
 */
@Component
final class IncidentRules {

    void requirePermissionForAction(Actor actor, IncidentAction action, Incident incident) {
        if (!action.isAllowedTo(actor, incident)) {
            throw Problem.of(ProblemCode.FORBIDDEN, action.refusal());
        }
    }

    /**
     * An edit of the fields and a step to another status. Resolving and archiving are changes of their own, whatever
     * else is edited with them.
     */
    List<IncidentChange> planChangesForEdit(Incident incident, IncidentEdit edit, Actor actor, Instant now) {
        requirePermissionForAction(actor, IncidentAction.EDIT, incident);
        var status = Objects.requireNonNullElse(edit.status(), incident.status());
        var isStepOfItsOwn = status != incident.status() && status.isResolved();
        if (status == Status.ARCHIVED && isStepOfItsOwn) {
            requirePermissionForAction(actor, IncidentAction.ARCHIVE, incident);
        }
        requireStatusCanFollow(incident, status);

        var changes = new ArrayList<IncidentChange>();
        var edited = incident.withDetails(
                Objects.requireNonNullElse(edit.title(), incident.title()),
                Objects.requireNonNullElse(edit.description(), incident.description()),
                Objects.requireNonNullElse(edit.severity(), incident.severity()),
                Objects.requireNonNullElse(edit.location(), incident.location()),
                isStepOfItsOwn ? incident.status() : status,
                now);
        var editing = new IncidentChange(Kind.EDITED, incident, edited);
        if (!editing.isEmpty()) {
            requireIncidentNotArchived(incident);
            changes.add(editing);
        }
        if (isStepOfItsOwn) {
            var before = editing.isEmpty() ? incident : edited;
            changes.add(status == Status.RESOLVED ? resolve(before, null, actor, now) : archive(before, now));
        }
        return changes;
    }

    /** A resolution asked for as such: refused if there is one already. */
    IncidentChange planResolutionWithReason(Incident incident, @Nullable String reason, Actor actor, Instant now) {
        requirePermissionForAction(actor, IncidentAction.EDIT, incident);
        if (incident.status() == Status.RESOLVED) {
            throw Problem.of(ProblemCode.CONFLICT, "Incident " + incident.id() + " is resolved already.");
        }
        requireStatusCanFollow(incident, Status.RESOLVED);
        return resolve(incident, reason, actor, now);
    }

    /** An assignment to somebody, who must be allowed to have it (that is checked elsewhere), or to nobody. */
    Optional<IncidentChange> planAssignmentToUser(
            Incident incident, @Nullable UUID assignee, Actor actor, Instant now) {
        requirePermissionForAction(actor, IncidentAction.ASSIGN, incident);
        if (Objects.equals(assignee, incident.assignedTo())) {
            return Optional.empty();
        }
        requireIncidentNotArchived(incident);
        return Optional.of(new IncidentChange(Kind.ASSIGNED, incident, incident.withAssignee(assignee, now)));
    }

    private static IncidentChange resolve(Incident incident, @Nullable String reason, Actor actor, Instant now) {
        var resolution = reason == null || !TextRule.hasSomethingToSee(reason)
                ? "Incident resolved by " + actor.user().name()
                : reason;
        return new IncidentChange(
                Kind.RESOLVED,
                incident,
                incident.withResolution(actor.userId(), resolution, now));
    }

    private static IncidentChange archive(Incident incident, Instant now) {
        return new IncidentChange(
                Kind.ARCHIVED,
                incident,
                incident.withDetails(
                        incident.title(),
                        incident.description(),
                        incident.severity(),
                        incident.location(),
                        Status.ARCHIVED,
                        now));
    }

    private static void requireStatusCanFollow(Incident incident, Status status) {
        var current = incident.status();
        if (status == current || current.successors().contains(status)) {
            return;
        }
        requireIncidentNotArchived(incident);
        throw Problem.of(
                ProblemCode.CONFLICT,
                "Incident " + incident.id() + " is " + current + " and cannot become " + status + "; it can become "
                        + current.successors() + ".");
    }

    static void requireIncidentNotArchived(Incident incident) {
        if (incident.status() == Status.ARCHIVED) {
            throw Problem.of(
                    ProblemCode.CONFLICT,
                    "Incident " + incident.id() + " is archived: it can be read and nothing more.");
        }
    }
}
