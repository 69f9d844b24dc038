package org.maraudersmap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;
import org.maraudersmap.e2e.socket.SocketEvent;
import tools.jackson.databind.JsonNode;

/** The specification's "Real-Time Incident Events", and what the contract adds to them. */
@OnSharedProduct
@Isolated("it measures how long things take")
class RealtimeIncidentsIT {
    private final Api api;
    private final Session userA;
    private final Session userB;
    private final SocketClients clients;

    RealtimeIncidentsIT(Product product) {
        this.api = product.api();
        this.userA = api.sessionOf(DemoUser.HARRY);
        this.userB = api.sessionOf(DemoUser.LUNA);
        this.clients = SocketClients.of(product);
    }

    @AfterEach
    void endClients() {
        clients.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void should_broadcast_incident_created_to_all_clients(String transport) {
        var socketA = connect(userA, transport);
        var socketB = connect(userB, transport);

        var incident = api.post(
                "/api/incidents",
                userA.accessToken(),
                Map.of("title", "Test Incident", "severity", "MISCHIEF")).expect(201).body();

        // The creator hears of his own incident like everyone else.
        for (var socket : List.of(socketA, socketB)) {
            var event = awaitAbout(socket, "incident:created", id(incident));
            assertThat(event.payload().path("incident")).as("as in REST").isEqualTo(incident);
            assertThat(event.payload().at("/incident/title").asString()).isEqualTo("Test Incident");
            assertThat(event.payload().at("/createdBy/email").asString()).contains("hogwarts.edu");
            assertThat(event.payload().at("/createdBy/id").asString()).isEqualTo(userA.userId());
            assertThat(event.offset()).as("an offset as last argument").isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void should_broadcast_incident_updated_to_room_members(String transport) {
        var id = report("A troll in the dungeon");
        var socketA = connect(userA, transport).joinIncident(id);
        var socketB = connect(userB, transport).joinIncident(id);

        var edited = api.send("PUT", "/api/incidents/" + id, userA.accessToken(), Map.of("severity", "SERIOUS"))
                .expect(200)
                .body();

        for (var socket : List.of(socketA, socketB)) {
            var event = socket.awaitEvent("incident:updated");
            var payload = event.payload();
            assertThat(payload.path("incidentId").isString()).as("ids at the top are texts").isTrue();
            assertThat(payload.path("incidentId").asString()).isEqualTo(String.valueOf(id));
            assertThat(payload.at("/changes/severity").asString()).isEqualTo("SERIOUS");
            assertThat(payload.path("changes").has("title")).as("only what changed: %s", payload).isFalse();
            assertThat(payload.at("/previous/severity").asString()).isEqualTo("MISCHIEF");
            assertThat(payload.path("incident")).as("as in REST").isEqualTo(edited);
            assertThat(payload.at("/updatedBy/id").asString()).isEqualTo(userA.userId());
            assertThat(event.offset()).isPresent();
        }
    }

    @Test
    void should_broadcast_incident_resolved_to_all_clients() {
        var id = report("To be resolved");
        var socketA = connect(userA, "websocket");
        var socketB = connect(userB, "polling");

        var resolved = api.send("DELETE", "/api/incidents/" + id, userA.accessToken(), null).expect(200).body();

        for (var socket : List.of(socketA, socketB)) {
            var event = socket.awaitEvent("incident:resolved");
            var payload = event.payload();
            assertThat(payload.path("incidentId").asString()).isEqualTo(String.valueOf(id));
            assertThat(payload.path("incident")).as("as in REST").isEqualTo(resolved);
            assertThat(payload.at("/incident/status").asString()).isEqualTo("RESOLVED");
            assertThat(payload.at("/resolvedBy/id").asString()).isEqualTo(userA.userId());
            assertThat(payload.path("resolution").asString()).isEqualTo("Incident resolved by Harry Potter");
            assertThat(event.offset()).isPresent();
        }
    }

    @Test
    void should_send_incident_changed_to_those_who_asked_for_the_feed() {
        var id = report("Edited for the feed");
        var subscribed = connect(userA, "websocket");
        var silent = connect(userB, "websocket");
        var unsubscribed = connect(userB, "websocket");
        assertThat(subscribed.emit("feed:subscribe").path("ok").asBoolean()).isTrue();
        assertThat(unsubscribed.emit("feed:subscribe").path("ok").asBoolean()).isTrue();
        assertThat(unsubscribed.emit("feed:unsubscribe").path("ok").asBoolean()).isTrue();

        var edited = api.edit(userA, id, "location", "FORBIDDEN_FOREST");

        var event = awaitAbout(subscribed, "incident:changed", id);
        assertThat(event.payload().path("incident")).isEqualTo(edited);
        assertThat(event.payload().at("/changes/location").asString()).isEqualTo("FORBIDDEN_FOREST");
        assertThat(event.offset()).isPresent();
        awaitEverythingSoFar(silent);
        awaitEverythingSoFar(unsubscribed);
        assertThat(silent.events("incident:changed")).isEmpty();
        assertThat(unsubscribed.events("incident:changed")).isEmpty();
    }

    @Test
    void should_send_urgent_incidents_to_aurors() {
        var auror = connect(api.sessionOf(DemoUser.MOODY), "websocket");
        var student = connect(userB, "websocket");

        var urgent = api.post(
                "/api/incidents",
                userA.accessToken(),
                Map.of("title", "A dragon in the hall", "severity", "CRITICAL")).expect(201).body();
        var raised = report("It was only smoke at first");
        api.edit(userA, raised, "severity", "UNFORGIVABLE");

        for (var id : List.of(id(urgent), raised)) {
            var event = awaitAbout(auror, "escalation:critical", id);
            assertThat(event.payload().path("incidentId").asString()).isEqualTo(String.valueOf(id));
            assertThat(event.payload().at("/escalatedBy/id").asString()).isEqualTo(userA.userId());
        }
        awaitEverythingSoFar(student);
        assertThat(student.events("escalation:critical")).isEmpty();
    }

    @Test
    void should_keep_messages_in_the_order_of_the_log() {
        var id = report("Edited often");
        var socket = connect(userB, "websocket").joinIncident(id);
        var edits = 50;
        for (var i = 0; i < edits; i++) {
            api.edit(userA, id, "title", "Edited " + i);
        }
        awaitEverythingSoFar(socket);

        var versions = socket.events("incident:updated")
                .stream()
                .map(event -> event.payload().at("/incident/version").asLong())
                .toList();
        assertThat(versions).hasSize(edits).isSorted().doesNotHaveDuplicates();
        var positions = socket.events()
                .stream()
                .flatMap(event -> event.offset().stream())
                .map(SocketEvent.Offset::position)
                .toList();
        assertThat(positions).isSorted();
    }

    /** Measures and prints; what a loaded machine makes of it is no reason to fail, unless it is far out. */
    @Test
    void should_deliver_events_within_100ms_threshold() {
        var socketB = connect(userB, "websocket");
        for (var i = 0; i < 100; i++) {
            latency(socketB, "Warming up " + i);
        }
        var measured = new ArrayList<Double>();
        for (var i = 0; i < 200; i++) {
            measured.add(latency(socketB, "Speed Test " + i).toNanos() / 1e6);
        }
        measured.sort(null);
        var p50 = measured.get(measured.size() / 2);
        var p95 = measured.get(measured.size() * 95 / 100);
        System.out.printf(
                "request sent to event received, %d incidents one by one: p50 %.1f ms, p95 %.1f ms, most %.1f ms%n",
                measured.size(),
                p50,
                p95,
                measured.getLast());

        assertThat(p50).isLessThan(100);
    }

    private Duration latency(SocketClient socket, String title) {
        var sent = Instant.now();
        var id = report(title);
        return Duration.between(sent, awaitAbout(socket, "incident:created", id).at());
    }

    private SocketClient connect(Session user, String transport) {
        return clients.connect(ConnectOptions.withToken(user.accessToken()).over(transport)).awaitWelcome();
    }

    private long report(String title) {
        return id(api.report(userA, title));
    }

    private static long id(JsonNode incident) {
        return incident.path("id").asLong();
    }

    private static SocketEvent awaitAbout(SocketClient socket, String name, long incident) {
        return socket.awaitEvent(name, payload -> id(payload.path("incident")) == incident);
    }

    /** A socket hears things in the order of the log: once it hears this, it has heard all that it will of the rest. */
    private void awaitEverythingSoFar(SocketClient socket) {
        awaitAbout(socket, "incident:created", report("A fence"));
    }
}
