package org.maraudersmap.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.maraudersmap.server.support.SocketClient;

@ProductTest
class SocketConnectionTest {
    private final Api api;
    private final EventLog log;

    SocketConnectionTest(Api api, EventLog log) {
        this.api = api;
        this.log = log;
    }

    @Test
    void should_connect_client_with_valid_jwt_token() {
        var session = api.registerStudent();
        try (var client = SocketClient.connect(api.port(), Map.of("token", session.accessToken()))) {
            var acknowledged = client.await("connection:acknowledged");
            assertThat(acknowledged.payload().path("user").path("email").asString()).isEqualTo(session.email());
            assertThat(acknowledged.payload().path("socketId").asString()).isNotBlank();
            assertThat(acknowledged.payload().path("recovered").asBoolean(true)).isFalse();
            assertThat(acknowledged.payload().path("epoch").asString()).isEqualTo(log.head().epoch());
            assertThat(acknowledged.offset()).isEqualTo(
                    log.head().epoch() + ":" + acknowledged.payload().path("position").asLong());
        }
    }

    @Test
    void should_reject_connection_without_jwt_token() {
        try (var client = SocketClient.connect(api.port(), Map.of())) {
            assertThat(client.await("connect_error").payload().path("message").asString())
                    .isEqualTo("Authentication token required");
            assertThat(client.isConnected()).isFalse();
        }
    }

    @Test
    void should_reject_connection_with_invalid_jwt_token() {
        var session = api.registerStudent();
        try (var forged = SocketClient.connect(api.port(), Map.of("token", session.accessToken() + "x"));
                var refresh = SocketClient.connect(api.port(), Map.of("token", session.refreshToken()))) {
            assertThat(forged.await("connect_error").payload().path("message").asString())
                    .isEqualTo("Authentication failed");
            assertThat(refresh.await("connect_error").payload().path("message").asString())
                    .isEqualTo("Authentication failed");
        }
    }

    @Test
    void should_reject_connection_of_a_session_that_has_ended() {
        var session = api.registerStudent();
        api.post("/api/auth/logout", null, Map.of("refreshToken", session.refreshToken()));
        try (var client = SocketClient.connect(api.port(), Map.of("token", session.accessToken()))) {
            assertThat(client.await("connect_error").payload().path("message").asString())
                    .isEqualTo("Authentication failed");
        }
    }

    @Test
    void should_handle_multiple_connections_per_user() {
        var session = api.registerStudent();
        try (var first = SocketClient.connectAs(api, session); var second = SocketClient.connectAs(api, session)) {
            assertThat(first.isConnected()).isTrue();
            assertThat(second.isConnected()).isTrue();
        }
    }

    @Test
    void should_renew_a_token_in_place() {
        var session = api.registerStudent();
        var renewed = api.post("/api/auth/refresh", null, Map.of("refreshToken", session.refreshToken()));
        try (var client = SocketClient.connectAs(api, session)) {
            var answer = client.ask(
                    "authenticate",
                    Map.of("token", renewed.body().path("accessToken").asString()));
            assertThat(answer.path("ok").asBoolean()).isTrue();
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void should_close_the_socket_on_a_token_of_another_user() {
        var session = api.registerStudent();
        var other = api.registerStudent();
        try (var client = SocketClient.connectAs(api, session)) {
            client.tell("authenticate", Map.of("token", other.accessToken()));
            client.await("disconnect");
            assertThat(client.heard("error").getFirst().payload().path("code").asString()).isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void should_answer_unknown_and_malformed_events_with_an_error() {
        try (var client = SocketClient.connectAs(api, api.registerStudent())) {
            assertThat(client.ask("no:such:event", Map.of()).path("code").asString()).isEqualTo("NOT_FOUND");
            assertThat(client.ask("room:join", Map.of("room", 7)).path("code").asString())
                    .isEqualTo("VALIDATION_FAILED");
            client.tell("room:join", Map.of());
            var error = client.await("error").payload();
            assertThat(error.path("code").asString()).isEqualTo("VALIDATION_FAILED");
            assertThat(error.path("event").asString()).isEqualTo("room:join");
            assertThat(client.ask("heartbeat", Map.of()).path("ok").asBoolean()).isTrue();
        }
    }

    @Test
    void should_limit_how_fast_a_socket_may_send() {
        try (var client = SocketClient.connectAs(api, api.registerStudent())) {
            for (var n = 0; n < 300; n++) {
                client.tell("heartbeat", Map.of());
            }
            await().until(
                    () -> client.heard("error")
                            .stream()
                            .anyMatch(error -> error.payload().path("code").asString().equals("RATE_LIMITED")));
        }
    }

    @Test
    void should_disconnect_the_sockets_of_a_session_that_ends() {
        var session = api.registerStudent();
        var other = api.login(session.email(), "mischief-managed");
        try (var ending = SocketClient.connectAs(api, session); var staying = SocketClient.connectAs(api, other)) {
            api.post("/api/auth/logout", null, Map.of("refreshToken", session.refreshToken()));

            ending.await("disconnect");
            assertThat(staying.ask("heartbeat", Map.of()).path("ok").asBoolean()).isTrue();
        }
    }

    @Test
    void should_disconnect_all_other_sessions_when_the_password_changes() {
        var session = api.registerStudent();
        var other = api.login(session.email(), "mischief-managed");
        try (var staying = SocketClient.connectAs(api, session); var ending = SocketClient.connectAs(api, other)) {
            api.send(
                    "PUT",
                    "/api/auth/change-password",
                    session.accessToken(),
                    Map.of("oldPassword", "mischief-managed", "newPassword", "i-solemnly-swear"));

            ending.await("disconnect");
            assertThat(staying.ask("heartbeat", Map.of()).path("ok").asBoolean()).isTrue();
        }
    }

    @Test
    void should_let_rooms_follow_the_role_at_once() {
        var session = api.registerStudent();
        try (var client = SocketClient.connectAs(api, session)) {
            api.send(
                    "PUT",
                    "/api/users/" + session.userId() + "/role",
                    api.loginAdmin().accessToken(),
                    Map.of("role", "AUROR"));

            api.post("/api/incidents", session.accessToken(), Map.of("title", "Basilisk", "severity", "UNFORGIVABLE"));

            client.await("escalation:critical");
        }
    }
}
