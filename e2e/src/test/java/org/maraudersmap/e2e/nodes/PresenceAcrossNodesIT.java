package org.maraudersmap.e2e.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClients;
import tools.jackson.databind.JsonNode;

/** Who is there, who looks at what and who types is the same on both nodes. */
@ExtendWith(TwoNodes.Shared.class)
class PresenceAcrossNodesIT {
    private final List<Api> both;
    private final SocketClients hereClients;
    private final SocketClients thereClients;
    private final Session harry;
    private final Session luna;

    PresenceAcrossNodesIT(TwoNodes nodes) {
        this.both = List.of(nodes.first().api(), nodes.second().api());
        this.hereClients = SocketClients.of(nodes.first());
        this.thereClients = SocketClients.of(nodes.second());
        this.harry = both.getFirst().registerStudent();
        this.luna = both.getLast().registerStudent();
    }

    @AfterEach
    void endClients() {
        hereClients.close();
        thereClients.close();
    }

    private static boolean isOf(JsonNode payload, Session session) {
        return payload.path("userId").asString().equals(session.userId());
    }

    private static boolean isOnline(Api api, Session session) {
        var users = api.get("/api/presence/online", session.accessToken()).expect(200).body().path("users");
        return users.valueStream().anyMatch(user -> user.path("id").asString().equals(session.userId()));
    }

    @Test
    void should_share_presence_rooms_and_typing() {
        var incident = both.getFirst().report(harry, "Seen on two nodes").path("id").asLong();
        var witness = thereClients.connect(both.getLast().registerStudent().accessToken()).awaitWelcome();
        var here = hereClients.connect(harry.accessToken()).awaitWelcome().joinIncident(incident);
        // She comes when the news of him has been told on her node, so that whatever she hears is news of later.
        witness.awaitEvent("presence:join", payload -> isOf(payload, harry) && !payload.has("room"));
        var there = thereClients.connect(luna.accessToken()).awaitWelcome();

        here.awaitEvent("presence:join", payload -> isOf(payload, luna) && !payload.has("room"));
        var joined = there.emit("room:join", Map.of("room", "incident:" + incident));
        assertThat(joined.path("count").asInt()).isEqualTo(2);
        here.awaitEvent("presence:join", payload -> isOf(payload, luna) && payload.has("room"));
        for (var api : both) {
            var viewers = api.get("/api/presence/incident/" + incident, harry.accessToken()).expect(200).body();
            assertThat(viewers.path("count").asInt()).isEqualTo(2);
            assertThat(isOnline(api, luna)).isTrue();
        }
        var online = both.getFirst().get("/api/presence/online", harry.accessToken()).expect(200).body();
        there.awaitEvent("presence:counts", payload -> payload.path("total").equals(online.path("count")));

        there.emit("typing:start", Map.of("incidentId", String.valueOf(incident)));
        here.awaitEvent("presence:typing", payload -> isOf(payload, luna) && payload.path("isTyping").asBoolean());
        there.emit("room:leave", Map.of("room", "incident:" + incident));
        here.awaitEvent("presence:typing", payload -> isOf(payload, luna) && !payload.path("isTyping").asBoolean());
        here.awaitEvent("presence:leave", payload -> isOf(payload, luna) && payload.has("room"));

        // One more tab of his, on the other node: nobody hears of it.
        var tab = thereClients.connect(harry.accessToken()).awaitWelcome();
        here.disconnect();
        await().atMost(Duration.ofSeconds(5)).until(
                () -> both.getLast()
                        .get("/api/presence/current-user", harry.accessToken())
                        .body()
                        .path("count")
                        .asInt() == 1);
        tab.disconnect();
        there.awaitEvent("presence:leave", payload -> isOf(payload, harry) && !payload.has("room"));
        assertThat(there.events("presence:join")).noneMatch(
                event -> isOf(event.payload(), harry) && !event.payload().has("room"));
    }
}
