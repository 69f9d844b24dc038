package org.maraudersmap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.harness.EventLogReader.Entry;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import tools.jackson.databind.JsonNode;

/** The specification's "Testing Strategy": what a request leaves in the log. */
@OnSharedProduct
class EventPublishingIT {
    private final Api api;
    private final Session admin;
    private final Session hermione;
    private final EventLogReader log;

    EventPublishingIT(Product product) {
        this.api = product.api();
        this.admin = api.sessionOf(DemoUser.ADMIN);
        this.hermione = api.sessionOf(DemoUser.HERMIONE);
        this.log = new EventLogReader(api, admin);
    }

    @Test
    void should_publish_event_when_creating_incident() {
        var incident = create("E2E Test Incident");

        var event = awaitEventOf(incident, "incident.created");

        assertThat(event.data()).as("the incident, whole, as in REST").isEqualTo(incident);
        assertThat(event.event().path("userId").asString()).isEqualTo(admin.userId());
        var status = api.get("/api/monitoring/iggy-status", null).expect(200).body();
        assertThat(status.path("status").asString()).isEqualTo("connected");
        assertThat(status.at("/consumer/id").asString()).isEqualTo("websocket-broadcaster");
    }

    @Test
    void should_create_envelope_with_required_fields() {
        var envelope = awaitEventOf(create("In an envelope"), "incident.created").event();

        assertThat(UUID.fromString(envelope.path("eventId").asString())).isNotNull();
        assertThat(envelope.path("eventType").asString()).isEqualTo("incident.created");
        assertThat(envelope.path("timestamp").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(envelope.path("source").asString()).isEqualTo("gryffindor-api");
        assertThat(envelope.path("userId").asString()).isEqualTo(admin.userId());
        assertThat(envelope.at("/metadata/version").asString()).isEqualTo("1.0");
        var actor = envelope.at("/metadata/actor");
        assertThat(actor.path("id").asString()).isEqualTo(admin.userId());
        assertThat(actor.path("userId").asString()).isEqualTo(admin.userId());
        assertThat(actor.path("email").asString()).isEqualTo(DemoUser.ADMIN.email());
        assertThat(actor.path("role").asString()).isEqualTo("ADMIN");
        assertThat(actor.propertyNames()).contains("handle", "name", "firstName", "lastName");
        assertThat(envelope.path("data").isObject()).isTrue();
        assertThat(envelope.propertyNames()).as("place and key travel beside it")
                .containsExactlyInAnyOrder("eventId", "eventType", "timestamp", "source", "userId", "metadata", "data");
    }

    @Test
    void should_generate_unique_event_ids() {
        var first = awaitEventOf(create("First"), "incident.created");
        var second = awaitEventOf(create("Second"), "incident.created");

        assertThat(first.event().path("eventId")).isNotEqualTo(second.event().path("eventId"));
        var all = log.readAllAfter(0).entries().stream().map(entry -> entry.event().path("eventId").asString())
                .toList();
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void should_create_incident_created_envelope() {
        var incident = create("What is in it");

        var data = awaitEventOf(incident, "incident.created").data();

        assertThat(data.path("id").asLong()).isEqualTo(incident.path("id").asLong());
        assertThat(data.path("title").asString()).isEqualTo("What is in it");
        assertThat(data.path("severity").asString()).isEqualTo("MISCHIEF");
        assertThat(data.path("location").asString()).isEqualTo("HOGWARTS");
        assertThat(data.path("status").asString()).isEqualTo("OPEN");
        assertThat(data.path("reported_by").asString()).isEqualTo(admin.userId());
        assertThat(data.path("reported_at").asString()).isEqualTo(incident.path("reported_at").asString());
        assertThat(data.path("version").asLong()).isEqualTo(incident.path("version").asLong());
    }

    @Test
    void should_publish_event_when_updating_incident() {
        var incident = create("Before");
        var edited = api.send(
                "PUT",
                path(incident),
                admin.accessToken(),
                Map.of("title", "After", "severity", "DANGEROUS")).expect(200).body();

        var data = awaitEventOf(incident, "incident.updated").data();

        assertThat(data.path("id").asLong()).isEqualTo(incident.path("id").asLong());
        assertThat(data.at("/updatedFields/title").asString()).isEqualTo("After");
        assertThat(data.at("/updatedFields/severity").asString()).isEqualTo("DANGEROUS");
        assertThat(data.at("/previousValues/title").asString()).isEqualTo("Before");
        assertThat(data.at("/previousValues/severity").asString()).isEqualTo("MISCHIEF");
        assertThat(data.path("incident")).isEqualTo(edited);
    }

    @Test
    void should_publish_event_when_resolving_incident() {
        var incident = create("To resolve");
        var resolved = api.send("DELETE", path(incident), admin.accessToken(), null).expect(200).body();

        var data = awaitEventOf(incident, "incident.resolved").data();

        assertThat(data.path("incidentId").asLong()).isEqualTo(incident.path("id").asLong());
        assertThat(data.path("resolvedBy").asString()).isEqualTo(admin.userId());
        assertThat(data.path("resolvedAt").asString()).isEqualTo(resolved.path("resolved_at").asString());
        assertThat(data.path("resolution").asString()).startsWith("Incident resolved by ");
        assertThat(data.path("incident")).isEqualTo(resolved);
        assertThat(data.at("/previousValues/status").asString()).isEqualTo("OPEN");
    }

    @Test
    void should_publish_events_when_assigning_and_archiving_incident() {
        var incident = create("To assign and archive");
        var assigned = api.send(
                "PUT",
                path(incident) + "/assignee",
                admin.accessToken(),
                Map.of("userId", hermione.userId())).expect(200).body();
        api.send("DELETE", path(incident), admin.accessToken(), null).expect(200);
        var archived = api.send("PATCH", path(incident), admin.accessToken(), Map.of("status", "ARCHIVED"))
                .expect(200)
                .body();

        var assignment = awaitEventOf(incident, "incident.assigned").data();
        assertThat(assignment.path("assignedTo").asString()).isEqualTo(hermione.userId());
        assertThat(assignment.path("previousAssignee").isNull()).isTrue();
        assertThat(assignment.path("incident")).isEqualTo(assigned);
        var archive = awaitEventOf(incident, "incident.archived").data();
        assertThat(archive.path("incident")).isEqualTo(archived);
        assertThat(archive.at("/previousValues/status").asString()).isEqualTo("RESOLVED");
    }

    @Test
    void should_publish_two_events_when_one_request_edits_and_resolves() {
        var incident = create("Both at once");
        api.send("PUT", path(incident), admin.accessToken(), Map.of("title", "Both done", "status", "RESOLVED"))
                .expect(200);
        awaitEventOf(incident, "incident.resolved");

        var events = eventsOf(incident);

        assertThat(events).extracting(Entry::type)
                .containsExactly("incident.created", "incident.updated", "incident.resolved");
        assertThat(events).extracting(event -> event.incident().path("version").asLong())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void should_publish_nothing_when_nothing_changes() {
        var incident = create("As it is");
        var same = api.send("PUT", path(incident), admin.accessToken(), Map.of("title", "As it is", "status", "OPEN"))
                .expect(200)
                .body();
        awaitEventOf(create("A fence"), "incident.created");

        assertThat(same).isEqualTo(incident);
        assertThat(eventsOf(incident)).extracting(Entry::type).containsExactly("incident.created");
    }

    @Test
    void should_show_the_log_as_the_caller_may_see_it() {
        // A sign-in is an auth event: for its user and for administrators.
        var student = api.registerStudent();
        var incident = create("Seen by all");
        var position = awaitEventOf(incident, "incident.created").position();

        var forAdmin = log.readAllAfter(0);
        var forStudent = new EventLogReader(api, student).readAllAfter(0);

        assertThat(forStudent.entries()).extracting(Entry::position).contains(position);
        assertThat(forStudent.hidden()).isPositive();
        assertThat(forAdmin.entries()).extracting(Entry::type).contains("user.registered");
        var foreign = forStudent.entries()
                .stream()
                .filter(entry -> entry.type().startsWith("user.") || entry.type().startsWith("token."))
                .filter(entry -> !entry.data().path("userId").asString("").equals(student.userId()))
                .toList();
        assertThat(foreign).isEmpty();
        assertThat(forStudent.entries()).extracting(Entry::type).contains("user.registered");
        assertThat(String.valueOf(forAdmin.entries())).doesNotContain(
                "mischief-managed",
                student.accessToken(),
                student.refreshToken());
    }

    private JsonNode create(String title) {
        return api.report(admin, title);
    }

    private static String path(JsonNode incident) {
        return "/api/incidents/" + incident.path("id").asLong();
    }

    private Entry awaitEventOf(JsonNode incident, String type) {
        return await(type).atMost(Duration.ofSeconds(5)).pollInterval(Duration.ofMillis(20)).until(
                () -> eventsOf(incident).stream().filter(event -> event.type().equals(type)).findFirst(),
                Optional::isPresent).orElseThrow();
    }

    private List<Entry> eventsOf(JsonNode incident) {
        return log.readAllAfter(0)
                .entries()
                .stream()
                .filter(Entry::isOfIncident)
                .filter(entry -> entry.incident().path("id").asLong() == incident.path("id").asLong())
                .toList();
    }
}
