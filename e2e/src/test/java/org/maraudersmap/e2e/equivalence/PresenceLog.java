package org.maraudersmap.e2e.equivalence;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.maraudersmap.e2e.harness.EventLogReader.Entry;

/** Who is where, as the log tells from its beginning on. It may lag behind what is so. */
final class PresenceLog {
    private final Map<String, String> userBySocket = new HashMap<>();
    private final Map<String, String> roomBySocket = new HashMap<>();

    void apply(Entry entry) {
        var data = entry.data();
        var socket = data.path("socketId").asString("");
        switch (entry.type()) {
            case "presence.connected" -> userBySocket.put(socket, entry.event().path("userId").asString());
            case "presence.disconnected" -> {
                userBySocket.remove(socket);
                roomBySocket.remove(socket);
            }
            case "presence.room_joined" -> roomBySocket.put(socket, data.path("room").asString());
            case "presence.room_left" -> roomBySocket.remove(socket, data.path("room").asString());
            default -> {
                // Not about presence.
            }
        }
    }

    Set<String> online() {
        return Set.copyOf(userBySocket.values());
    }

    /** Those who look at an incident. */
    Set<String> viewers(long incident) {
        return roomBySocket.entrySet()
                .stream()
                .filter(entry -> entry.getValue().equals("incident:" + incident))
                .map(entry -> userBySocket.get(entry.getKey()))
                .collect(Collectors.toSet());
    }
}
