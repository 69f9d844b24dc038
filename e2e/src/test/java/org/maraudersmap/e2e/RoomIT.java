package org.maraudersmap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;
import tools.jackson.databind.JsonNode;

/** The specification's "Room Management". */
@OnSharedProduct
class RoomIT {
    private final Api api;
    private final Session harry;
    private final SocketClients clients;

    RoomIT(Product product) {
        this.api = product.api();
        this.harry = api.sessionOf(DemoUser.HARRY);
        this.clients = SocketClients.of(product);
    }

    @AfterEach
    void endClients() {
        clients.close();
    }

    @Test
    void should_join_room_when_requested() {
        var incident = report("A room to join");
        var client = clients.connect(harry.accessToken()).awaitWelcome();

        var answer = join(client, "incident:" + incident);

        assertThat(answer.path("ok").asBoolean()).as("acknowledged %s", answer).isTrue();
        var joined = client.awaitEvent("room:joined").payload();
        assertThat(joined.path("room").asString()).isEqualTo("incident:" + incident);
        assertThat(joined.path("count").asInt()).isEqualTo(1);
        assertThat(joined.path("users").size()).isEqualTo(1);
        assertThat(joined.at("/users/0/email").asString()).isEqualTo(DemoUser.HARRY.email());
        api.edit(harry, incident, "title", "Heard in the room");
        client.awaitEvent("incident:updated");
    }

    @Test
    void should_leave_room_when_requested() {
        var incident = report("A room to leave");
        var client = clients.connect(harry.accessToken()).awaitWelcome().joinIncident(incident);

        var answer = client.emit("room:leave", Map.of("room", "incident:" + incident));

        assertThat(answer.path("ok").asBoolean()).as("acknowledged %s", answer).isTrue();
        assertThat(client.awaitEvent("room:left").payload().path("room").asString()).isEqualTo("incident:" + incident);
        api.edit(harry, incident, "title", "Not heard outside");
        awaitEverythingSoFar(client);
        assertThat(client.events("incident:updated")).isEmpty();
    }

    @Test
    void should_auto_leave_previous_room_when_joining_new() {
        var first = report("The first room");
        var second = report("The second room");
        var client = clients.connect(harry.accessToken()).awaitWelcome().joinIncident(first).joinIncident(second);

        api.edit(harry, first, "title", "Not heard any more");
        api.edit(harry, second, "title", "Heard here");

        awaitEverythingSoFar(client);
        assertThat(client.events("incident:updated"))
                .extracting(event -> event.payload().path("incidentId").asString())
                .containsExactly(String.valueOf(second));
    }

    @Test
    void should_broadcast_only_to_room_members() {
        var first = report("Where user A is");
        var second = report("Where user B is");
        var luna = api.sessionOf(DemoUser.LUNA);
        var clientA = clients.connect(harry.accessToken()).awaitWelcome().joinIncident(first);
        var clientB = clients.connect(luna.accessToken()).awaitWelcome().joinIncident(second);
        var nowhere = clients.connect(luna.accessToken()).awaitWelcome();

        api.edit(harry, first, "severity", "SERIOUS");

        clientA.awaitEvent("incident:updated");
        awaitEverythingSoFar(clientB);
        awaitEverythingSoFar(nowhere);
        assertThat(clientB.events("incident:updated")).isEmpty();
        assertThat(nowhere.events("incident:updated")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"incident:999999999", "incident:dark-forest", "incident:", "incident:1:2", "role:ADMIN",
            "user:00000000-0000-0000-0000-000000000000", "feed", "", "*"})
    void should_refuse_rooms_that_are_not_an_incidents(String room) {
        var client = clients.connect(harry.accessToken()).awaitWelcome();

        var answer = join(client, room);

        assertThat(answer.path("ok").asBoolean(true)).as("acknowledged %s", answer).isFalse();
        assertThat(answer.path("code").asString()).isIn(
                "NOT_FOUND",
                "FORBIDDEN",
                "INVALID_PARAMETER",
                "VALIDATION_FAILED");
        assertThat(answer.path("message").asString()).isNotBlank();
        assertThat(client.events("room:joined")).isEmpty();
        assertThat(client.disconnects()).isEmpty();
    }

    private static JsonNode join(SocketClient client, String room) {
        return client.emit("room:join", Map.of("room", room));
    }

    private long report(String title) {
        return api.report(harry, title).path("id").asLong();
    }

    /** A socket hears things in the order of the log: once it hears this, it has heard all that it will of the rest. */
    private void awaitEverythingSoFar(SocketClient client) {
        var fence = report("A fence");
        client.awaitEvent("incident:created", payload -> payload.at("/incident/id").asLong() == fence);
    }
}
