package org.maraudersmap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;

/** "User is typing". */
@OnSharedProduct
class TypingIT {
    private final Api api;
    private final Session harry;
    private final Session hermione;
    private final SocketClients clients;
    private final long incident;
    private final SocketClient typist;
    private final SocketClient reader;

    TypingIT(Product product) {
        this.api = product.api();
        this.harry = api.sessionOf(DemoUser.HARRY);
        this.hermione = api.sessionOf(DemoUser.HERMIONE);
        this.clients = SocketClients.of(product);
        this.incident = api.report(harry, "Much to say").path("id").asLong();
        this.typist = clients.connect(hermione.accessToken());
        this.reader = clients.connect(harry.accessToken());
    }

    @BeforeEach
    void enterRoom() {
        typist.awaitWelcome().joinIncident(incident);
        reader.awaitWelcome().joinIncident(incident);
    }

    @AfterEach
    void endClients() {
        clients.close();
    }

    private void say(SocketClient client, String event) {
        var answer = client.emit(event, Map.of("incidentId", String.valueOf(incident)));
        assertThat(answer.path("ok").asBoolean()).as("acknowledged %s", answer).isTrue();
    }

    private void awaitTyping(Session who, boolean isTyping) {
        var event = reader.awaitEvent(
                "presence:typing",
                payload -> payload.path("userId").asString().equals(who.userId())
                        && payload.path("isTyping").asBoolean() == isTyping);
        assertThat(event.payload().path("incidentId").asString()).isEqualTo(String.valueOf(incident));
        assertThat(event.payload().path("userName").asString()).isNotBlank();
        assertThat(event.offset()).as("a state").isEmpty();
    }

    @Test
    void should_show_typing_indicator_for_3_seconds() {
        say(typist, "typing:start");

        awaitTyping(hermione, true);
        awaitTyping(hermione, false);
        var shown = reader.events("presence:typing");
        assertThat(shown).hasSize(2);
        assertThat(Duration.between(shown.getFirst().at(), shown.getLast().at()))
                .isBetween(Duration.ofMillis(2_900), Duration.ofMillis(3_500));
    }

    @Test
    void should_end_typing_when_the_typist_says_so() {
        say(typist, "typing:start");
        say(typist, "typing:stop");

        awaitTyping(hermione, true);
        awaitTyping(hermione, false);
        assertThat(typist.events("presence:typing")).isEmpty();
    }

    @Test
    void should_show_several_typists_and_spare_their_own_tabs() {
        var luna = api.sessionOf(DemoUser.LUNA);
        var otherTypist = clients.connect(luna.accessToken()).awaitWelcome().joinIncident(incident);
        var ownTab = clients.connect(hermione.accessToken()).awaitWelcome().joinIncident(incident);
        var elsewhere = clients.connect(luna.accessToken()).awaitWelcome();

        say(typist, "typing:start");
        say(otherTypist, "typing:start");

        awaitTyping(hermione, true);
        awaitTyping(luna, true);
        ownTab.awaitEvent("presence:typing", payload -> payload.path("userId").asString().equals(luna.userId()));
        assertThat(ownTab.events("presence:typing")).hasSize(1);
        assertThat(elsewhere.events("presence:typing")).isEmpty();
    }

    @Test
    void should_end_typing_when_the_typist_leaves() {
        say(typist, "typing:start");
        typist.emit("room:leave", Map.of("room", "incident:" + incident));
        awaitTyping(hermione, false);
    }

    @Test
    void should_end_typing_when_the_typist_disconnects() {
        say(typist, "typing:start");
        awaitTyping(hermione, true);
        typist.cut();
        awaitTyping(hermione, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"typing:start", "typing:stop"})
    void should_refuse_typing_outside_of_the_room(String event) {
        var outsider = clients.connect(api.sessionOf(DemoUser.LUNA).accessToken()).awaitWelcome();

        var answer = outsider.emit(event, Map.of("incidentId", String.valueOf(incident)));

        assertThat(answer.path("ok").asBoolean(true)).isFalse();
        assertThat(answer.path("code").asString()).isEqualTo("FORBIDDEN");
        assertThat(outsider.emit(event, Map.of("incidentId", incident)).path("code").asString())
                .isEqualTo("FORBIDDEN");
        assertThat(outsider.emit(event, Map.of("incidentId", 7.5)).path("code").asString())
                .isEqualTo("VALIDATION_FAILED");
        assertThat(outsider.emit(event).path("code").asString()).isEqualTo("VALIDATION_FAILED");
        assertThat(reader.events("presence:typing")).isEmpty();
    }
}
