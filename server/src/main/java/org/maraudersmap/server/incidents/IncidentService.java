package org.maraudersmap.server.incidents;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.backbone.EventHistory;
import org.maraudersmap.server.backbone.PositionedEventView;
import org.maraudersmap.server.identity.UserDirectory;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.IdempotentCommands;
import org.maraudersmap.server.platform.PageRequest;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.database.RowTurns;
import org.maraudersmap.server.platform.problem.Problem;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The commands for incidents. Every one that changes an incident locks its row first, so that the outbox has the events
 * of one incident in the order of their versions, and writes state and event in one statement.
 */
@Service
class IncidentService {
    private static final String PATH_OF_REPORTS = "/api/incidents";

    private final IncidentRepository repository;
    private final IncidentIds ids;
    private final IncidentRules rules;
    private final IncidentEvents events;
    private final IdempotentCommands commands;
    private final UserDirectory users;
    private final IncidentDirectory directory;
    private final EventHistory history;
    private final RowTurns turns;
    private final TransactionTemplate transactions;
    private final Clock clock;

    IncidentService(
            IncidentRepository repository,
            IncidentIds ids,
            IncidentRules rules,
            IncidentEvents events,
            IdempotentCommands commands,
            UserDirectory users,
            IncidentDirectory directory,
            EventHistory history,
            RowTurns turns,
            TransactionTemplate transactions,
            Clock clock) {
        this.repository = repository;
        this.ids = ids;
        this.rules = rules;
        this.events = events;
        this.commands = commands;
        this.users = users;
        this.directory = directory;
        this.history = history;
        this.turns = turns;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Without a key this is one statement, which is its own transaction and may be shared with other reports. The
     * number is taken before any transaction: a repeated command wastes one, and nobody holds a connection while he
     * waits for numbers.
     */
    Incident reportIncidentWithEvent(IncidentReport report, Actor actor, Optional<String> idempotencyKey) {
        var id = ids.takeNextIncidentId();
        return commands.runCommandOncePerKey(
                idempotencyKey,
                actor.userId(),
                PATH_OF_REPORTS,
                report,
                Incident.class,
                () -> {
                    var incident = Incident.of(id, report, actor.userId(), clock.instant());
                    repository.insertIncidentWithEvent(
                            incident,
                            events.describeReportOfIncident(incident, actor.user()));
                    return incident;
                });
    }

    Incident readIncidentWithId(long id) {
        return repository.findIncidentWithId(id).orElseThrow(() -> unknown(id));
    }

    IncidentPage listIncidentsNewestFirst(IncidentFilter filter, PageRequest request) {
        var read = repository.listIncidentsBelowCursor(filter, request.lastSeen(), request.rowsToRead());
        return IncidentPage.of(request.cut(read, Incident::id));
    }

    /** The log lags a few milliseconds behind, so an incident may have no events yet. */
    IncidentTimeline readTimelineOfIncident(long id, PageRequest request) {
        var read = history.readEventsOfKey(
                IncidentRef.TOPIC, new IncidentRef(id).key(), request.lastSeen().orElse(0L), request.rowsToRead());
        if (read.isEmpty()) {
            directory.requireIncidentThatExists(id);
        }
        return IncidentTimeline.of(request.cut(read, PositionedEventView::position));
    }

    Incident editIncidentWithEvents(long id, IncidentEdit edit, Actor actor, VersionTags known) {
        return changeInTurn(id, () -> {
            var incident = lockKnownIncidentVersion(id, known, actor, IncidentAction.EDIT);
            var now = clock.instant();
            return applyChangesInOrder(incident, rules.planChangesForEdit(incident, edit, actor, now), actor);
        });
    }

    private Incident changeInTurn(long id, Supplier<Incident> change) {
        return turns.workWhenItsTurn(new IncidentRef(id), () -> transactions.execute(_ -> change.get()));
    }

    Incident resolveIncidentWithReason(long id, @Nullable String reason, Actor actor, VersionTags known) {
        return changeInTurn(id, () -> {
            var incident = lockKnownIncidentVersion(id, known, actor, IncidentAction.EDIT);
            var now = clock.instant();
            var resolving = rules.planResolutionWithReason(incident, reason, actor, now);
            return applyChangesInOrder(incident, List.of(resolving), actor);
        });
    }

    /** Assigns it to a user, or to nobody. */
    Incident assignIncidentToUser(long id, @Nullable UUID assignee, Actor actor, VersionTags known) {
        return changeInTurn(id, () -> {
            var incident = lockKnownIncidentVersion(id, known, actor, IncidentAction.ASSIGN);
            var now = clock.instant();
            var assignment = rules.planAssignmentToUser(incident, assignee, actor, now);
            if (assignment.isPresent() && assignee != null) {
                requireUserMayBeAssigned(assignee);
            }
            return applyChangesInOrder(incident, assignment.stream().toList(), actor);
        });
    }

    private void requireUserMayBeAssigned(UUID assignee) {
        var role = users.holdRoleOfUser(assignee)
                .orElseThrow(() -> Problem.invalidField("userId", "there is no user " + assignee));
        if (!role.isAtLeast(Role.PREFECT)) {
            throw Problem.invalidField("userId", "must be a PREFECT or above, not a " + role);
        }
    }

    /** In the order of the refusals: who may not do it learns nothing of versions. */
    private Incident lockKnownIncidentVersion(long id, VersionTags known, Actor actor, IncidentAction action) {
        var incident = repository.lockIncidentForUpdate(id).orElseThrow(() -> unknown(id));
        rules.requirePermissionForAction(actor, action, incident);
        known.requireVersionOf(incident);
        return incident;
    }

    private Incident applyChangesInOrder(Incident incident, List<IncidentChange> changes, Actor actor) {
        var latest = incident;
        for (var change : changes) {
            latest = change.after();
            repository.updateIncidentWithEvent(latest, events.describeChangeOfIncident(change, actor.user()));
        }
        return latest;
    }

    private static Problem unknown(long id) {
        return Problem.notFound("incident", id);
    }
}
