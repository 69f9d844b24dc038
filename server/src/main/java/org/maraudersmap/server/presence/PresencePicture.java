package org.maraudersmap.server.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Role;

/**
 * Who is where, on all nodes, as this node has seen it last. What it is shown is compared with what it knew: the
 * differences are what sockets are told. One thread changes it; any may look.
 */
final class PresencePicture {
    private final Map<UUID, Person> people = new HashMap<>();
    private final Map<String, Map<UUID, UserSnapshot>> viewers = new HashMap<>();
    private final Map<Role, Integer> countsByRole = new EnumMap<>(Role.class);

    PresencePicture() {
        for (var role : Role.values()) {
            countsByRole.put(role, 0);
        }
    }

    private record Person(UserSnapshot user, Set<String> rooms) {

        Role role() {
            return Role.valueOf(user.role());
        }
    }

    /**
     * Somebody has come or gone.
     *
     * @param room
     *            where; empty if he is online now, or is no more
     */
    record Transition(UserSnapshot user, boolean isThere, Optional<String> room) {}

    /** How many users are online. */
    record Counts(int total, Map<Role, Integer> byRole) {

        Counts {
            byRole = Collections.unmodifiableMap(new EnumMap<>(byRole));
        }
    }

    synchronized boolean knowsUser(UUID userId) {
        return people.containsKey(userId);
    }

    synchronized Set<UUID> usersOnline() {
        return Set.copyOf(people.keySet());
    }

    /** Everybody in a room, each once. */
    synchronized Collection<UserSnapshot> usersIn(String room) {
        return List.copyOf(viewers.getOrDefault(room, Map.of()).values());
    }

    synchronized Counts counts() {
        return new Counts(people.size(), countsByRole);
    }

    /** A user is online, and in these rooms. */
    synchronized List<Transition> show(UserSnapshot user, Set<String> rooms) {
        var transitions = new ArrayList<Transition>();
        var former = Optional.ofNullable(people.put(user.id(), new Person(user, Set.copyOf(rooms))));
        former.map(Person::role).ifPresent(role -> count(role, -1));
        count(Role.valueOf(user.role()), 1);
        if (former.isEmpty()) {
            transitions.add(new Transition(user, true, Optional.empty()));
        }
        var formerRooms = former.map(Person::rooms).orElse(Set.of());
        leave(user, without(formerRooms, rooms), transitions);
        enter(user, rooms, formerRooms, transitions);
        return transitions;
    }

    /** A user is not online. */
    synchronized List<Transition> hide(UUID userId) {
        var transitions = new ArrayList<Transition>();
        Optional.ofNullable(people.remove(userId)).ifPresent(person -> {
            count(person.role(), -1);
            leave(person.user(), person.rooms(), transitions);
            transitions.add(new Transition(person.user(), false, Optional.empty()));
        });
        return transitions;
    }

    /** As {@link #show}, with what is known of the user. */
    synchronized List<Transition> show(UUID userId, Set<String> rooms) {
        return Optional.ofNullable(people.get(userId)).map(person -> show(person.user(), rooms)).orElse(List.of());
    }

    private void count(Role role, int change) {
        countsByRole.merge(role, change, Integer::sum);
    }

    private void leave(UserSnapshot user, Set<String> rooms, List<Transition> transitions) {
        for (var room : rooms) {
            viewers.computeIfPresent(room, (_, users) -> {
                users.remove(user.id());
                return users.isEmpty() ? null : users;
            });
            transitions.add(new Transition(user, false, Optional.of(room)));
        }
    }

    /** Also where he was already: what is known of him may be new. */
    private void enter(UserSnapshot user, Set<String> rooms, Set<String> formerRooms, List<Transition> transitions) {
        for (var room : rooms) {
            viewers.computeIfAbsent(room, _ -> new LinkedHashMap<>()).put(user.id(), user);
            if (!formerRooms.contains(room)) {
                transitions.add(new Transition(user, true, Optional.of(room)));
            }
        }
    }

    private static Set<String> without(Set<String> rooms, Set<String> others) {
        var rest = new HashSet<>(rooms);
        rest.removeAll(others);
        return rest;
    }
}
