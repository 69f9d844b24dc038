package org.maraudersmap.socketio.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maraudersmap.socketio.testkit.Patience.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.maraudersmap.socketio.testkit.OfficialClients;

@DisplayName("The README's example")
class ChatServerTest {

    @Test
    void should_run() {
        try (var endpoint = ChatServer.start("localhost", 0); var clients = new OfficialClients()) {
            var url = "http://localhost:" + endpoint.port();
            var one = clients.connect(url, Map.of("auth", Map.of("token", "open sesame")));
            var two = clients.connect(url, Map.of("auth", Map.of("token", "open sesame")));
            var thief = clients.connect(url, Map.of("auth", Map.of("token", "open barley")));
            assertThat(thief.next("connect_error").path("message").asString()).isEqualTo("Authentication failed");
            var _ = one.connected();
            var _ = two.connected();
            assertThat(one.event().path("name").asString()).isEqualTo("welcome");
            assertThat(two.event().path("name").asString()).isEqualTo("welcome");
            assertThat(one.ask("say", "hello").get(0).path("ok").asBoolean()).isTrue();
            assertThat(two.event().path("args").get(1).asString()).isEqualTo("hello");
            one.disconnect();
            await().until(() -> two.eventNames().equals(List.of("welcome", "said", "gone")));
        }
    }

    @Test
    void should_be_what_the_readme_says() throws IOException {
        var source = Files.readString(Path.of("src/test/java/org/maraudersmap/socketio/example/ChatServer.java"))
                .split("// README\n", -1)[1].stripIndent().strip();
        assertThat(Files.readString(Path.of("README.md")))
                .contains(source.replace("bind(host, port)", "bind(\"0.0.0.0\", 3000)"));
    }
}
