package org.maraudersmap.socketio;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Who is in which room. A room is there while somebody is in it. Safe for use by any thread. */
final class RoomIndex<M> {
    private final Map<String, Set<M>> rooms = new ConcurrentHashMap<>();

    void add(String room, M member) {
        rooms.compute(room, (_, members) -> {
            var all = members == null ? ConcurrentHashMap.<M>newKeySet(2) : members;
            all.add(member);
            return all;
        });
    }

    void remove(String room, M member) {
        rooms.computeIfPresent(room, (_, members) -> {
            members.remove(member);
            // Exact, because nobody else changes this room meanwhile.
            return members.isEmpty() ? null : members;
        });
    }

    /**
     * Who is in a room, if there is one: a live view, which ends with the room. Do not ask it whether it is empty: like
     * the size of every such set, the answer may lag behind.
     */
    Optional<Set<M>> members(String room) {
        return Optional.ofNullable(rooms.get(room));
    }

    boolean contains(String room, M member) {
        var members = rooms.get(room);
        return members != null && members.contains(member);
    }

    Set<String> names() {
        return rooms.keySet().stream().collect(Collectors.toUnmodifiableSet());
    }
}
