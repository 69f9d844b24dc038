package org.maraudersmap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;
import tools.jackson.databind.JsonNode;

/** The specification's "Mentioned in Comment". */
@OnSharedProduct
class MentionIT {
    private final Api api;
    private final Session author;
    private final Session mentioned;
    private final long incident;
    private final SocketClients clients;

    MentionIT(Product product) {
        this.api = product.api();
        this.author = api.sessionOf(DemoUser.HERMIONE);
        this.mentioned = api.registerStudent();
        this.incident = api.report(author, "A troll in the dungeon").path("id").asLong();
        this.clients = SocketClients.of(product);
    }

    @AfterEach
    void endClients() {
        clients.close();
    }

    @Test
    void should_notify_mentioned_user_in_real_time() {
        var socket = connect(mentioned);

        var comment = api.comment(author, incident, "Run, @" + mentioned.handle() + "!").path("id").asLong();

        var event = socket.awaitEvent("notification:new");
        var payload = event.payload();
        assertThat(List.copyOf(payload.propertyNames()))
                .containsExactlyInAnyOrder("id", "type", "message", "link", "createdAt");
        assertThat(payload.path("type").asString()).isEqualTo("mention");
        assertThat(payload.path("message").asString()).isEqualTo("Hermione Granger mentioned you on #" + incident);
        assertThat(payload.path("link").asString()).isEqualTo("/incidents/" + incident + "#comment-" + comment);
        assertThat(event.offset()).as("an offset as last argument").isPresent();
    }

    @Test
    void should_find_harry_potter_by_the_handle_of_the_specification() {
        var harry = api.sessionOf(DemoUser.HARRY);
        assertThat(harry.handle()).isEqualTo("harry.potter");
        var socket = connect(harry);

        var comment = api.comment(author, incident, "Ask @Harry.Potter.").path("id").asLong();

        socket.awaitEvent("notification:new", payload -> payload.path("link").asString().endsWith("-" + comment));
    }

    @Test
    void should_notify_a_user_once_who_is_mentioned_twice_and_each_who_is_mentioned() {
        var other = api.registerStudent();
        var socket = connect(mentioned);
        var socketOfOther = connect(other);

        api.comment(author, incident, "@%1$s and @%2$s, really, @%1$s".formatted(mentioned.handle(), other.handle()));

        socketOfOther.awaitEvent("notification:new");
        awaitEverythingSoFar(socket);
        assertThat(socket.events("notification:new")).hasSize(1);
        assertThat(api.notifications(mentioned)).hasSize(1);
    }

    @Test
    void should_notify_nobody_of_mail_addresses_code_or_his_own_words() {
        var socket = connect(mentioned);
        var authorsSocket = connect(author);
        var handle = mentioned.handle();

        api.comment(author, incident, "Write to %s@hogwarts.edu, or `@%s`\n```\n@%s\n```\n@%s".formatted(
                handle,
                handle,
                handle,
                author.handle()));

        awaitEverythingSoFar(socket);
        awaitEverythingSoFar(authorsSocket);
        assertThat(socket.events("notification:new")).isEmpty();
        assertThat(authorsSocket.events("notification:new"))
                .noneMatch(event -> event.payload().path("link").asString().contains("/" + incident + "#"));
        assertThat(api.notifications(mentioned)).isEmpty();
    }

    @Test
    void should_tell_nobody_else_of_a_mention() {
        var curious = List.of(connect(api.sessionOf(DemoUser.ADMIN)), connect(api.sessionOf(DemoUser.MOODY)));

        api.comment(author, incident, "A secret, @" + mentioned.handle());

        for (var socket : curious) {
            awaitEverythingSoFar(socket);
            assertThat(socket.events("notification:new"))
                    .noneMatch(event -> event.payload().path("link").asString().contains("/" + incident + "#"));
        }
    }

    private SocketClient connect(Session user) {
        return clients.connect(user.accessToken()).awaitWelcome();
    }

    /**
     * A socket hears things in the order of the log. A notification comes a moment after its cause, so the fence is one
     * too: whoever hears of it has heard of what was mentioned before.
     */
    private void awaitEverythingSoFar(SocketClient socket) {
        var last = api.registerStudent();
        var socketOfLast = connect(last);
        api.comment(author, incident, "@" + last.handle());
        socketOfLast.awaitEvent("notification:new");
        var fence = api.report(author, "A fence");
        socket.awaitEvent("incident:created", payload -> isAbout(payload, fence));
    }

    private static boolean isAbout(JsonNode payload, JsonNode incident) {
        return payload.at("/incident/id").equals(incident.path("id"));
    }
}
