package org.maraudersmap.server.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.platform.ActorAuthenticator;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.realtime.ConnectedClient;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.OwnProductTest;
import org.maraudersmap.server.support.SocketClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** Typing that does not end by itself while a test looks. */
@OwnProductTest
@TestPropertySource(properties = "TYPING_TIMEOUT=60000")
class TypingTest {
    private final OtherNode other = new OtherNode();
    private final Api api;
    private final ActorAuthenticator authenticator;
    private final TypingService otherNode;

    TypingTest(
            Api api,
            ActorAuthenticator authenticator,
            ClusterSignals signals,
            JsonMapper json,
            Settings settings) {
        this.api = api;
        this.authenticator = authenticator;
        this.otherNode = new TypingService(other.clients(), signals, json, () -> "another-node", settings);
    }

    private long report(Api.Session reporter) {
        return api.post("/api/incidents", reporter.accessToken(), Map.of("title", "Howler")).body().path("id").asLong();
    }

    private static void join(SocketClient client, long incident) {
        assertThat(client.ask("room:join", Map.of("room", "incident:" + incident)).path("ok").asBoolean()).isTrue();
    }

    private static void awaitTyping(SocketClient client, Api.Session typist, boolean isTyping) {
        var _ = client.await(
                "presence:typing",
                payload -> payload.path("userId").asString().equals(typist.userId().toString())
                        && payload.path("isTyping").asBoolean() == isTyping);
    }

    private void post(Api.Session author, long incident) {
        var answer = api.post(
                "/api/incidents/" + incident + "/comments",
                author.accessToken(),
                Map.of("content", "I see it too"));
        assertThat(answer.status()).isEqualTo(201);
    }

    @AfterEach
    void closeOtherNode() {
        other.close();
    }

    @Test
    void should_end_typing_when_the_typist_posts() {
        var author = api.registerStudent();
        var reader = api.registerStudent();
        var incident = report(author);
        try (var typing = SocketClient.connectAs(api, author); var reading = SocketClient.connectAs(api, reader)) {
            join(typing, incident);
            join(reading, incident);
            typing.ask("typing:start", Map.of("incidentId", String.valueOf(incident)));
            awaitTyping(reading, author, true);

            post(author, report(author));
            post(author, incident);

            awaitTyping(reading, author, false);
            assertThat(reading.heard("presence:typing")).hasSize(2);
        }
    }

    @Test
    void should_take_the_id_of_an_incident_as_a_number_too() {
        var author = api.registerStudent();
        var incident = report(author);
        try (var typing = SocketClient.connectAs(api, author);
                var reading = SocketClient.connectAs(api, api.registerStudent())) {
            join(typing, incident);
            join(reading, incident);
            assertThat(typing.ask("typing:start", Map.of("incidentId", incident)).path("ok").asBoolean()).isTrue();
            awaitTyping(reading, author, true);
            assertThat(typing.ask("typing:stop", Map.of("incidentId", incident)).path("ok").asBoolean()).isTrue();
            awaitTyping(reading, author, false);
            for (var no : List.of(1.5, true, "", " ", List.of(incident))) {
                assertThat(typing.ask("typing:start", Map.of("incidentId", no)).path("code").asString())
                        .isEqualTo("VALIDATION_FAILED");
            }
        }
    }

    @Test
    void should_tell_here_who_types_on_another_node() {
        var typist = api.registerStudent();
        var incident = report(typist);
        var client = new ConnectedClient(
                "socket-of-" + typist.userId(),
                authenticator.authenticateActorWithToken(typist.accessToken()),
                Set.of("incident:" + incident));
        try (var ownTab = SocketClient.connectAs(api, typist);
                var reading = SocketClient.connectAs(api, api.registerStudent())) {
            join(ownTab, incident);
            join(reading, incident);

            otherNode.beginTypingOfClient(client, String.valueOf(incident));
            awaitTyping(reading, typist, true);
            otherNode.onRoomLeft(client, "incident:" + incident);
            awaitTyping(reading, typist, false);
            assertThat(ownTab.heard("presence:typing")).isEmpty();
        }
    }

    @Test
    void should_need_one_timer_however_often_somebody_types() {
        var typist = authenticator.authenticateActorWithToken(api.registerStudent().accessToken());
        var client = new ConnectedClient("one-socket", typist, Set.of("incident:7"));
        for (var keystroke = 0; keystroke < 100; keystroke++) {
            otherNode.beginTypingOfClient(client, "7");
        }
        assertThat(otherNode.countLooksThatAreDue()).isEqualTo(1);
    }
}
