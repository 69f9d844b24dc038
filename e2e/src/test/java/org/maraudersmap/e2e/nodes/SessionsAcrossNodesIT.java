package org.maraudersmap.e2e.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;

/** What ends or changes on one node has ended and changed on the other one within a second: sockets and REST. */
@ExtendWith(TwoNodes.Shared.class)
class SessionsAcrossNodesIT {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Api here;
    private final Api there;
    private final SocketClients clientsThere;
    private final Session student;

    SessionsAcrossNodesIT(TwoNodes nodes) {
        this.here = nodes.first().api();
        this.there = nodes.second().api();
        this.clientsThere = SocketClients.of(nodes.second());
        this.student = here.registerStudent();
    }

    @AfterEach
    void endClients() {
        clientsThere.close();
    }

    /** Whatever is asked more than a second after this is called must be answered as it is now. */
    private static void awaitWithinASecond(BooleanSupplier isSo) {
        var end = System.nanoTime() + SOON.toNanos();
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(() -> {
            var isLate = System.nanoTime() > end;
            var is = isSo.getAsBoolean();
            assertThat(is || !isLate).as("so within %s", SOON).isTrue();
            return is;
        });
    }

    private int statusThere(String token) {
        return there.get("/api/auth/me", token).status();
    }

    @Test
    void should_end_sockets_and_tokens_of_a_session_that_logs_out_elsewhere() {
        var client = clientsThere.connect(ConnectOptions.withToken(student.accessToken()).comingBack()).awaitWelcome();
        assertThat(statusThere(student.accessToken())).isEqualTo(200);

        here.post("/api/auth/logout", null, Map.of("refreshToken", student.refreshToken())).expect(204);

        awaitWithinASecond(() -> client.disconnects().equals(List.of("io server disconnect")));
        awaitWithinASecond(() -> statusThere(student.accessToken()) == 401);
        client.reconnect();
        assertThat(client.awaitRefusal()).isEqualTo("Authentication failed");
    }

    @Test
    void should_end_all_other_sessions_when_the_password_changes_elsewhere() {
        var credentials = Map.of("email", student.email(), "password", "mischief-managed");
        var other = there.post("/api/auth/login", null, credentials)
                .expect(200)
                .body()
                .path("accessToken")
                .asString();
        var staying = clientsThere.connect(student.accessToken()).awaitWelcome();
        var ending = clientsThere.connect(other).awaitWelcome();
        var passwords = Map.of("oldPassword", "mischief-managed", "newPassword", "i-solemnly-swear");

        here.send("PUT", "/api/auth/change-password", student.accessToken(), passwords).expect(204);

        awaitWithinASecond(() -> ending.disconnects().equals(List.of("io server disconnect")));
        awaitWithinASecond(() -> statusThere(other) == 401);
        assertThat(staying.emit("heartbeat").path("ok").asBoolean()).isTrue();
        assertThat(statusThere(student.accessToken())).isEqualTo(200);
    }

    @Test
    void should_let_rooms_and_rights_follow_a_role_that_changes_elsewhere() {
        var client = clientsThere.connect(student.accessToken()).awaitWelcome();
        var incident = here.report(student, "Assigned to nobody").path("id").asLong();
        assertThat(unassignThere(incident)).isEqualTo(403);

        changeRoleHere("AUROR");
        awaitWithinASecond(() -> hearsEscalationsThere(client));
        awaitWithinASecond(() -> unassignThere(incident) == 200);

        changeRoleHere("STUDENT");
        awaitWithinASecond(() -> !hearsEscalationsThere(client));
        awaitWithinASecond(() -> unassignThere(incident) == 403);
    }

    private void changeRoleHere(String role) {
        here.send(
                "PUT",
                "/api/users/" + student.userId() + "/role",
                here.login(DemoUser.ADMIN).accessToken(),
                Map.of("role", role)).expect(200);
    }

    /** Changes nothing, yet only a PREFECT or above may. */
    private int unassignThere(long incident) {
        return there.sendText(
                "PUT", "/api/incidents/" + incident + "/assignee", student.accessToken(), "{\"userId\":null}").status();
    }

    /** Reports something urgent, and tells once everybody has heard of it whether this one has heard of the urgency. */
    private boolean hearsEscalationsThere(SocketClient client) {
        var urgent = Map.of("title", "A hag", "severity", "CRITICAL");
        var id = here.post("/api/incidents", student.accessToken(), urgent).expect(201).body().path("id").asLong();
        var fence = here.report(student, "A fence").path("id").asLong();
        client.awaitEvent("incident:created", payload -> payload.at("/incident/id").asLong() == fence);
        return client.events("escalation:critical")
                .stream()
                .anyMatch(event -> event.payload().path("incidentId").asString().equals(String.valueOf(id)));
    }
}
