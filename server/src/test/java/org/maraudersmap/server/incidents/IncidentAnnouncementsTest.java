package org.maraudersmap.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.EventEnvelopeFactory;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.realtime.Announcement;
import org.maraudersmap.server.realtime.Audience;
import tools.jackson.databind.JsonNode;

class IncidentAnnouncementsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T11:00:00Z");
    private static final Audience ROOM = new Audience.Room("incident:42");
    private static final Audience EVERYONE = new Audience.Everyone();
    private static final Audience AURORS = new Audience.Room("role:AUROR");

    private final EventJson json = new EventJson();
    private final EventEnvelopeFactory envelopes = new EventEnvelopeFactory(
            json,
            Clock.systemUTC(),
            Optional::empty);
    private final IncidentAnnouncements announcements = new IncidentAnnouncements();
    private final IncidentEvents events = new IncidentEvents();
    private final IncidentRules rules = new IncidentRules();
    private final Actor actor = People.with(Role.AUROR);

    private Incident incident(Severity severity) {
        return Incident.of(42, new IncidentReport("Dark Mark", "", severity, Location.HOGWARTS), actor.userId(), NOW);
    }

    /** As it comes out of the log: written and read again. */
    private EventEnvelope recorded(NewEvent event) {
        return json.read(json.write(envelopes.create(event)));
    }

    private List<Announcement> announced(IncidentChange change) {
        return announcements.announceEnvelopeToSockets(
                recorded(events.describeChangeOfIncident(change, actor.user())));
    }

    private List<Announcement> announcedEdit(Incident incident, @Nullable Severity severity, @Nullable Status status) {
        var edit = new IncidentEdit(null, null, severity, null, status);
        return announced(rules.planChangesForEdit(incident, edit, actor, NOW).getLast());
    }

    private JsonNode payload(Announcement announcement) {
        return json.toTree(announcement.payload());
    }

    private static List<String> names(List<Announcement> made) {
        return made.stream().map(Announcement::event).toList();
    }

    private static List<Audience> audiences(List<Announcement> made) {
        return made.stream().map(Announcement::audience).toList();
    }

    private static List<String> fields(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }

    @Test
    void should_announce_a_report_to_everyone_with_its_reporter() {
        var made = announcements.announceEnvelopeToSockets(
                recorded(events.describeReportOfIncident(incident(Severity.DANGEROUS), actor.user())));
        assertThat(names(made)).containsExactly("incident:created");
        assertThat(audiences(made)).containsExactly(EVERYONE);
        var payload = payload(made.getFirst());
        assertThat(fields(payload)).containsExactly("incident", "createdBy");
        assertThat(payload.at("/incident")).hasToString(json.toTree(incident(Severity.DANGEROUS)).toString());
        assertThat(payload.at("/incident/id").isIntegralNumber()).isTrue();
        assertThat(payload.at("/createdBy/email").asString()).isEqualTo("hermione@hogwarts.edu");
        assertThat(payload.at("/createdBy/userId").asString()).isEqualTo(actor.userId().toString());
    }

    @Test
    void should_escalate_what_is_reported_as_urgent() {
        var made = announcements.announceEnvelopeToSockets(
                recorded(events.describeReportOfIncident(incident(Severity.CRITICAL), actor.user())));
        assertThat(names(made)).containsExactly("incident:created", "escalation:critical");
        assertThat(audiences(made)).containsExactly(EVERYONE, AURORS);
        var payload = payload(made.getLast());
        assertThat(fields(payload)).containsExactly("incidentId", "incident", "escalatedBy");
        assertThat(payload.path("incidentId").isString()).isTrue();
        assertThat(payload.path("incidentId").asString()).isEqualTo("42");
    }

    @Test
    void should_tell_viewers_and_feed_of_an_edit() {
        var made = announcedEdit(incident(Severity.SERIOUS), Severity.MISCHIEF, null);
        assertThat(names(made)).containsExactly("incident:updated", "incident:changed");
        assertThat(audiences(made)).containsExactly(ROOM, Audience.feed());
        var updated = payload(made.getFirst());
        assertThat(fields(updated)).containsExactly("incidentId", "changes", "previous", "incident", "updatedBy");
        assertThat(updated.path("incidentId").asString()).isEqualTo("42");
        assertThat(updated.path("changes").toString()).isEqualTo("{\"severity\":\"MISCHIEF\"}");
        assertThat(updated.path("previous").toString()).isEqualTo("{\"severity\":\"SERIOUS\"}");
        assertThat(updated.at("/incident/version").asLong()).isEqualTo(2);
        var changed = payload(made.getLast());
        assertThat(fields(changed)).containsExactly("incident", "changes");
        assertThat(changed.path("changes")).isEqualTo(updated.path("changes"));
        assertThat(changed.path("incident")).isEqualTo(updated.path("incident"));
    }

    @ParameterizedTest
    @CsvSource({"DANGEROUS, CRITICAL, true", "MISCHIEF, UNFORGIVABLE, true", "CRITICAL, UNFORGIVABLE, false",
            "UNFORGIVABLE, CRITICAL, false", "MISCHIEF, DANGEROUS, false", "CRITICAL, MISCHIEF, false"})
    void should_escalate_only_what_rises_to_urgent_from_below(Severity from, Severity to, boolean isEscalation) {
        var made = announcedEdit(incident(from), to, null);
        assertThat(names(made).contains("escalation:critical")).isEqualTo(isEscalation);
        if (isEscalation) {
            assertThat(made.getLast().audience()).isEqualTo(AURORS);
            assertThat(payload(made.getLast()).at("/escalatedBy/name").asString()).isEqualTo("Hermione Granger");
        }
    }

    @Test
    void should_not_escalate_again_when_an_urgent_incident_is_edited() {
        assertThat(names(announcedEdit(incident(Severity.CRITICAL), null, Status.IN_PROGRESS)))
                .containsExactly("incident:updated", "incident:changed");
    }

    @Test
    void should_tell_viewers_and_feed_of_an_assignment() {
        var assignee = UUID.randomUUID();
        var change = rules.planAssignmentToUser(incident(Severity.MISCHIEF), assignee, actor, NOW).orElseThrow();
        var made = announced(change);
        assertThat(names(made)).containsExactly("incident:updated", "incident:changed");
        assertThat(audiences(made)).containsExactly(ROOM, Audience.feed());
        assertThat(payload(made.getFirst()).path("changes").toString())
                .isEqualTo("{\"assigned_to\":\"" + assignee + "\"}");
        assertThat(payload(made.getFirst()).path("previous").toString()).isEqualTo("{\"assigned_to\":null}");
    }

    @Test
    void should_announce_a_resolution_to_everyone() {
        var made = announced(rules.planResolutionWithReason(incident(Severity.CRITICAL), "A firework.", actor, NOW));
        assertThat(names(made)).containsExactly("incident:resolved");
        assertThat(audiences(made)).containsExactly(EVERYONE);
        var payload = payload(made.getFirst());
        assertThat(fields(payload)).containsExactly("incidentId", "incident", "resolvedBy", "resolution");
        assertThat(payload.path("incidentId").asString()).isEqualTo("42");
        assertThat(payload.path("resolution").asString()).isEqualTo("A firework.");
        assertThat(payload.at("/resolvedBy/id").asString()).isEqualTo(actor.userId().toString());
        assertThat(payload.at("/incident/status").asString()).isEqualTo("RESOLVED");
    }

    @Test
    void should_tell_viewers_and_feed_of_reopening_and_archiving() {
        var resolved = rules.planResolutionWithReason(incident(Severity.CRITICAL), null, actor, NOW).after();
        var reopened = announcedEdit(resolved, null, Status.OPEN);
        assertThat(names(reopened)).containsExactly("incident:updated", "incident:changed");
        assertThat(fields(payload(reopened.getFirst()).path("changes")))
                .containsExactly("status", "resolved_by", "resolved_at", "resolution");
        var archived = announcedEdit(resolved, null, Status.ARCHIVED);
        assertThat(names(archived)).containsExactly("incident:updated", "incident:changed");
        assertThat(payload(archived.getFirst()).path("changes").toString()).isEqualTo("{\"status\":\"ARCHIVED\"}");
        assertThat(payload(archived.getFirst()).path("previous").toString()).isEqualTo("{\"status\":\"RESOLVED\"}");
    }

    @Test
    void should_pass_on_what_a_newer_version_has_added() {
        var event = json.write(envelopes.create(
                events.describeReportOfIncident(incident(Severity.MISCHIEF), actor.user())))
                .replace("\"severity\":\"MISCHIEF\"", "\"severity\":\"APOCALYPTIC\",\"smell\":\"sulphur\"");
        var made = announcements.announceEnvelopeToSockets(json.read(event));
        assertThat(names(made)).containsExactly("incident:created");
        assertThat(payload(made.getFirst()).at("/incident/smell").asString()).isEqualTo("sulphur");
    }

    @Test
    void should_fail_on_an_event_without_its_incident() {
        var broken = json.write(envelopes.create(new NewEvent(
                IncidentRef.TOPIC,
                "42",
                IncidentEvents.RESOLVED,
                actor.user(),
                java.util.Map.of("incidentId", 42))));
        assertThatThrownBy(() -> announcements.announceEnvelopeToSockets(json.read(broken)))
                .hasMessageContaining("incident");
    }

    @Test
    void should_make_the_same_announcements_of_the_same_event_every_time() {
        var event = recorded(events.describeReportOfIncident(incident(Severity.CRITICAL), actor.user()));
        assertThat(json.toTree(announcements.announceEnvelopeToSockets(event)))
                .isEqualTo(json.toTree(announcements.announceEnvelopeToSockets(event)));
    }
}
