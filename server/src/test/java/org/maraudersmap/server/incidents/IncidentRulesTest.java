package org.maraudersmap.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.maraudersmap.server.incidents.IncidentChange.Kind;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;

class IncidentRulesTest {
    private static final Instant REPORTED = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T11:00:00Z");
    private static final UUID REPORTER = UUID.randomUUID();

    private final IncidentRules rules = new IncidentRules();
    private final Actor auror = People.with(Role.AUROR);

    private static Incident incident(Status status) {
        var resolver = status.isResolved() ? UUID.randomUUID() : null;
        return new Incident(
                42,
                "Dark Mark",
                "above the forest",
                Severity.SERIOUS,
                Location.FORBIDDEN_FOREST,
                status,
                REPORTER,
                REPORTED,
                null,
                REPORTED,
                resolver,
                resolver == null ? null : REPORTED,
                resolver == null ? null : "It was a firework.",
                7);
    }

    private static IncidentEdit edit(@Nullable String title, @Nullable Severity severity, @Nullable Status status) {
        return new IncidentEdit(title, null, severity, null, status);
    }

    /** The table of the contract, in its words. */
    private static final Map<Status, Set<Status>> ALLOWED = Map.of(
            Status.OPEN,
            Set.of(Status.IN_PROGRESS, Status.RESOLVED),
            Status.IN_PROGRESS,
            Set.of(Status.OPEN, Status.RESOLVED),
            Status.RESOLVED,
            Set.of(Status.OPEN, Status.ARCHIVED),
            Status.ARCHIVED,
            Set.of());

    static List<Arguments> everyPairOfStatuses() {
        var pairs = new ArrayList<Arguments>();
        for (var from : Status.values()) {
            for (var to : Status.values()) {
                pairs.add(Arguments.of(from, to));
            }
        }
        return pairs;
    }

    @ParameterizedTest
    @MethodSource("everyPairOfStatuses")
    void should_allow_exactly_the_steps_of_the_status_table(Status from, Status to) {
        var incident = incident(from);
        if (from == to) {
            assertThat(rules.planChangesForEdit(incident, edit(null, null, to), auror, NOW)).isEmpty();
        } else if (ALLOWED.getOrDefault(from, Set.of()).contains(to)) {
            var changes = rules.planChangesForEdit(incident, edit(null, null, to), auror, NOW);
            assertThat(changes).hasSize(1);
            var change = changes.getFirst();
            assertThat(change.after().status()).isEqualTo(to);
            assertThat(change.after().version()).isEqualTo(8);
            assertThat(change.kind()).isEqualTo(switch (to) {
                case RESOLVED -> Kind.RESOLVED;
                case ARCHIVED -> Kind.ARCHIVED;
                default -> Kind.EDITED;
            });
        } else {
            assertThat(
                    catchThrowableOfType(
                            Problem.class,
                            () -> rules.planChangesForEdit(incident, edit(null, null, to), auror, NOW)).code())
                    .isEqualTo(ProblemCode.CONFLICT);
        }
    }

    @Test
    void should_plan_nothing_for_an_edit_that_changes_nothing() {
        var same = new IncidentEdit(
                "Dark Mark",
                "above the forest",
                Severity.SERIOUS,
                Location.FORBIDDEN_FOREST,
                Status.OPEN);
        assertThat(rules.planChangesForEdit(incident(Status.OPEN), same, auror, NOW)).isEmpty();
        assertThat(rules.planChangesForEdit(incident(Status.OPEN), edit(null, null, null), auror, NOW)).isEmpty();
    }

    @Test
    void should_tell_all_changed_fields_with_their_previous_values() {
        var all = new IncidentEdit("Morsmordre", "", Severity.CRITICAL, Location.AZKABAN, Status.IN_PROGRESS);
        var change = rules.planChangesForEdit(incident(Status.OPEN), all, auror, NOW).getFirst();
        assertThat(change.changedFields()).containsExactlyInAnyOrderEntriesOf(
                Map.of(
                        "title",
                        "Morsmordre",
                        "description",
                        "",
                        "severity",
                        Severity.CRITICAL,
                        "location",
                        Location.AZKABAN,
                        "status",
                        Status.IN_PROGRESS));
        assertThat(change.previousValues()).containsExactlyInAnyOrderEntriesOf(
                Map.of(
                        "title",
                        "Dark Mark",
                        "description",
                        "above the forest",
                        "severity",
                        Severity.SERIOUS,
                        "location",
                        Location.FORBIDDEN_FOREST,
                        "status",
                        Status.OPEN));
        assertThat(change.after().updatedAt()).isEqualTo(NOW);
        assertThat(change.after().reportedAt()).isEqualTo(REPORTED);
    }

    @Test
    void should_make_two_changes_with_a_version_each_when_an_edit_also_resolves() {
        var changes = rules
                .planChangesForEdit(incident(Status.OPEN), edit("Morsmordre", null, Status.RESOLVED), auror, NOW);
        assertThat(changes).extracting(IncidentChange::kind).containsExactly(Kind.EDITED, Kind.RESOLVED);
        assertThat(changes).extracting(change -> change.after().version()).containsExactly(8L, 9L);
        assertThat(changes.getFirst().after().status()).isEqualTo(Status.OPEN);
        assertThat(changes.getLast().before()).isEqualTo(changes.getFirst().after());
        assertThat(changes.getLast().changedFields())
                .containsOnlyKeys("status", "resolved_by", "resolved_at", "resolution");
        assertThat(changes.getLast().previousValues()).containsEntry("status", Status.OPEN)
                .containsEntry("resolved_by", null)
                .containsEntry("resolution", null);
    }

    @Test
    void should_make_two_changes_when_an_edit_also_archives() {
        var changes = rules
                .planChangesForEdit(incident(Status.RESOLVED), edit("Morsmordre", null, Status.ARCHIVED), auror, NOW);
        assertThat(changes).extracting(IncidentChange::kind).containsExactly(Kind.EDITED, Kind.ARCHIVED);
        assertThat(changes.getLast().after().resolution()).isEqualTo("It was a firework.");
        assertThat(changes.getLast().previousValues()).containsExactly(Map.entry("status", Status.RESOLVED));
    }

    @Test
    void should_clear_the_resolution_on_reopening() {
        var resolved = incident(Status.RESOLVED);
        var changes = rules.planChangesForEdit(resolved, edit(null, null, Status.OPEN), auror, NOW);
        assertThat(changes).extracting(IncidentChange::kind).containsExactly(Kind.EDITED);
        var reopened = changes.getFirst().after();
        assertThat(reopened.resolvedBy()).isNull();
        assertThat(reopened.resolvedAt()).isNull();
        assertThat(reopened.resolution()).isNull();
        assertThat(changes.getFirst().previousValues()).containsEntry("resolution", "It was a firework.")
                .containsEntry("resolved_by", resolved.resolvedBy())
                .containsEntry("resolved_at", REPORTED)
                .containsEntry("status", Status.RESOLVED);
    }

    @Test
    void should_keep_the_resolution_when_a_resolved_incident_is_edited() {
        var changes = rules
                .planChangesForEdit(incident(Status.RESOLVED), edit("Morsmordre", null, null), auror, NOW);
        assertThat(changes.getFirst().changedFields()).containsOnlyKeys("title");
        assertThat(changes.getFirst().after().resolution()).isEqualTo("It was a firework.");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"-", "''", "'  '"})
    void should_name_the_resolver_where_no_resolution_is_given(@Nullable String reason) {
        var change = rules.planResolutionWithReason(incident(Status.OPEN), reason, auror, NOW);
        assertThat(change.after().resolution()).isEqualTo("Incident resolved by Hermione Granger");
        assertThat(change.after().resolvedBy()).isEqualTo(auror.userId());
        assertThat(change.after().resolvedAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @EnumSource(value = Status.class, names = {"RESOLVED", "ARCHIVED"})
    void should_refuse_to_resolve_what_is_resolved(Status status) {
        assertThatThrownBy(() -> rules.planResolutionWithReason(incident(status), "Again.", auror, NOW))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT));
    }

    @Test
    void should_refuse_every_change_of_an_archived_incident() {
        var archived = incident(Status.ARCHIVED);
        assertThatThrownBy(() -> rules.planChangesForEdit(archived, edit("Morsmordre", null, null), auror, NOW))
                .hasMessageContaining("archived");
        assertThatThrownBy(() -> rules.planAssignmentToUser(archived, UUID.randomUUID(), auror, NOW))
                .hasMessageContaining("archived");
        assertThat(rules.planAssignmentToUser(archived, null, auror, NOW)).isEmpty();
    }

    @Test
    void should_assign_and_unassign_as_changes_of_their_own_kind() {
        var assignee = UUID.randomUUID();
        var assignment = rules.planAssignmentToUser(incident(Status.OPEN), assignee, auror, NOW).orElseThrow();
        assertThat(assignment.kind()).isEqualTo(Kind.ASSIGNED);
        assertThat(assignment.changedFields()).containsExactly(Map.entry("assigned_to", assignee));
        assertThat(rules.planAssignmentToUser(assignment.after(), assignee, auror, NOW)).isEmpty();
        var back = rules.planAssignmentToUser(assignment.after(), null, auror, NOW).orElseThrow();
        assertThat(back.after().assignedTo()).isNull();
        assertThat(back.after().version()).isEqualTo(9);
    }

    /** The matrix of the contract: who, how he stands to the incident, and whether he may edit, assign, archive. */
    @ParameterizedTest
    @CsvSource({"STUDENT, nobody,   false, false, false", "STUDENT, reporter, true,  false, false",
            "STUDENT, assignee, true,  false, false", "PREFECT, nobody,   true,  true,  false",
            "PREFECT, reporter, true,  true,  false", "PREFECT, assignee, true,  true,  false",
            "AUROR,   nobody,   true,  true,  true", "ADMIN,   nobody,   true,  true,  true"})
    void should_allow_each_role_what_the_matrix_says(
            Role role, String relation, boolean mayEdit, boolean mayAssign, boolean mayArchive) {
        var actor = People.with(role, relation.equals("reporter") ? REPORTER : UUID.randomUUID());
        var incident = incident(Status.RESOLVED);
        if (relation.equals("assignee")) {
            incident = incident.withAssignee(actor.userId(), NOW);
        }
        assertThat(IncidentAction.EDIT.isAllowedTo(actor, incident)).isEqualTo(mayEdit);
        assertThat(IncidentAction.ASSIGN.isAllowedTo(actor, incident)).isEqualTo(mayAssign);
        assertThat(IncidentAction.ARCHIVE.isAllowedTo(actor, incident)).isEqualTo(mayArchive);
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = {"STUDENT", "PREFECT"})
    void should_refuse_archiving_through_an_edit_below_auror(Role role) {
        var reporter = People.with(role, REPORTER);
        assertThatThrownBy(
                () -> rules.planChangesForEdit(
                        incident(Status.RESOLVED),
                        edit(null, null, Status.ARCHIVED),
                        reporter,
                        NOW))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.FORBIDDEN));
    }

    @ParameterizedTest
    @EnumSource(Severity.class)
    void should_call_critical_and_above_urgent(Severity severity) {
        assertThat(severity.isUrgent()).isEqualTo(Set.of("CRITICAL", "UNFORGIVABLE").contains(severity.name()));
    }
}
