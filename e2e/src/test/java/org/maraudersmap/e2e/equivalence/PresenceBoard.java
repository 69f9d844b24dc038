package org.maraudersmap.e2e.equivalence;

import java.util.Set;
import java.util.TreeSet;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Who is online, and who looks at one incident: a state, asked for once and then kept up by what sockets are told. */
final class PresenceBoard {
    private final Api api;
    private final Session user;
    private final Set<String> online = new TreeSet<>();
    private final Set<String> viewers = new TreeSet<>();
    private JsonNode counts = JsonNodeFactory.instance.objectNode();
    private boolean stale;

    /** What can be seen of it. */
    record Sight(Set<String> online, Set<String> viewers, JsonNode byRole) {}

    PresenceBoard(Api api, Session user) {
        this.api = api;
        this.user = user;
    }

    /** Asks; the socket must be in the room already, so that nothing falls in between. */
    void ask(long incident) {
        var answer = get("/api/presence/online");
        putUsers(online, answer);
        counts = answer.path("byRole");
        putUsers(viewers, get("/api/presence/incident/" + incident));
    }

    private JsonNode get(String path) {
        return api.get(path, user.accessToken()).expect(200).body();
    }

    private static void putUsers(Set<String> users, JsonNode answer) {
        users.clear();
        answer.path("users").forEach(each -> users.add(each.path("id").asString()));
    }

    /** Applies a message. While nobody is told one by one the counts say that this is stale; after that, ask again. */
    void apply(SocketEvent message, long incident) {
        var payload = message.payload();
        switch (message.name()) {
            case "presence:join" -> usersConcerned(payload, incident).add(payload.path("userId").asString());
            case "presence:leave" -> usersConcerned(payload, incident).remove(payload.path("userId").asString());
            case "presence:counts" -> {
                counts = payload.path("byRole");
                if (stale && !payload.path("stale").asBoolean()) {
                    ask(incident);
                }
                stale = payload.path("stale").asBoolean();
            }
            default -> {
                // Not about presence.
            }
        }
    }

    /** Those of a room that was left a moment ago concern nobody any more. */
    private Set<String> usersConcerned(JsonNode payload, long incident) {
        if (!payload.has("room")) {
            return online;
        }
        return payload.path("room").asString().equals("incident:" + incident) ? viewers : new TreeSet<>();
    }

    Sight look() {
        return new Sight(Set.copyOf(online), Set.copyOf(viewers), counts);
    }
}
