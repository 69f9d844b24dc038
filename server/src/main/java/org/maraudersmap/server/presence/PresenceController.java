package org.maraudersmap.server.presence;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.backbone.LogHeaders;
import org.maraudersmap.server.identity.UserDirectory;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.realtime.RoomGuards;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is there, over HTTP: on all nodes, as the database has it. */
@RestController
@RequestMapping(path = "/api/presence", produces = MediaType.APPLICATION_JSON_VALUE)
class PresenceController {
    private final PresenceService presence;
    private final PresenceRepository repository;
    private final UserDirectory users;
    private final RoomGuards guards;
    private final EventLog log;

    PresenceController(
            PresenceService presence,
            PresenceRepository repository,
            UserDirectory users,
            RoomGuards guards,
            EventLog log) {
        this.presence = presence;
        this.repository = repository;
        this.users = users;
        this.guards = guards;
        this.log = log;
    }

    /** Everybody online, by name. */
    record Online(List<UserSnapshot> users, int count, Map<Role, Integer> byRole) {}

    /** How many are online. */
    record OnlineByRole(Map<Role, Integer> byRole, int total) {}

    /** Those who look at an incident, by name. */
    record Viewers(List<UserSnapshot> users, int count) {}

    /** An incident, and those who look at it, by name. */
    record ViewedIncident(long incidentId, List<UserSnapshot> users) {}

    /** All incidents that somebody looks at. */
    record ViewedIncidents(List<ViewedIncident> incidents, int count) {}

    /** One socket of the caller's. */
    record OwnSession(String socketId, Instant connectedAt, Instant lastSeen, @Nullable String currentRoom) {}

    /** The sockets of the caller. */
    record OwnSessions(List<OwnSession> sessions, int count) {}

    @GetMapping("/online")
    ResponseEntity<Online> listUsersWhoAreOnline(Actor actor) {
        return answer(() -> {
            var online = namedUsers(repository.findUsersWhoAreOnline());
            return new Online(online, online.size(), countByRole(online));
        });
    }

    @GetMapping("/online/by-role")
    ResponseEntity<OnlineByRole> countUsersOnlineByRole(Actor actor) {
        return answer(() -> {
            var online = namedUsers(repository.findUsersWhoAreOnline());
            return new OnlineByRole(countByRole(online), online.size());
        });
    }

    @GetMapping("/incident/{id}")
    ResponseEntity<Viewers> listViewersOfOneIncident(Actor actor, @PathVariable long id) {
        var room = PresenceRooms.roomOfIncident(String.valueOf(id)).name();
        guards.admitActorToRoom(actor, room);
        return answer(() -> {
            var viewers = namedUsers(repository.findUsersWhoAreInRoom(room));
            return new Viewers(viewers, viewers.size());
        });
    }

    @GetMapping("/incidents")
    ResponseEntity<ViewedIncidents> listViewersOfAllIncidents(Actor actor) {
        return answer(() -> {
            var viewers = repository.findViewersOfAllIncidents();
            var named = users.findUserSnapshotsByIds(
                    viewers.values().stream().flatMap(Collection::stream).collect(Collectors.toSet()));
            var incidents = viewers.entrySet()
                    .stream()
                    .map(entry -> new ViewedIncident(entry.getKey(), sortedByName(
                            entry.getValue().stream().flatMap(id -> Optional.ofNullable(named.get(id)).stream()))))
                    .toList();
            return new ViewedIncidents(incidents, incidents.size());
        });
    }

    @GetMapping("/current-user")
    ResponseEntity<OwnSessions> listSocketsOfCurrentUser(Actor actor) {
        return answer(() -> {
            var own = repository.findSessionsOfUser(actor.userId())
                    .stream()
                    .map(session -> new OwnSession(
                            session.socketId(),
                            session.connectedAt(),
                            session.lastSeen(),
                            session.room().orElse(null)))
                    .toList();
            return new OwnSessions(own, own.size());
        });
    }

    private <T> ResponseEntity<T> answer(Supplier<T> state) {
        var head = log.head();
        presence.waitUntilChangesCount();
        return ResponseEntity.ok().headers(new LogHeaders(head)).body(state.get());
    }

    private List<UserSnapshot> namedUsers(Collection<UUID> ids) {
        return sortedByName(users.findUserSnapshotsByIds(ids).values().stream());
    }

    private static List<UserSnapshot> sortedByName(Stream<UserSnapshot> users) {
        return users.sorted(Comparator.comparing(UserSnapshot::name).thenComparing(UserSnapshot::handle)).toList();
    }

    private static Map<Role, Integer> countByRole(Collection<UserSnapshot> online) {
        var counts = new EnumMap<Role, Integer>(Role.class);
        for (var role : Role.values()) {
            counts.put(role, 0);
        }
        online.forEach(user -> counts.merge(Role.valueOf(user.role()), 1, Integer::sum));
        return counts;
    }
}
