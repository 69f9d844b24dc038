package org.maraudersmap.server.presence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.maraudersmap.eventlog.NewEvent;

/**
 * What has happened on this node and waits to be written, and whom there is something new about. However often a socket
 * changes, its last state counts: a tab that is loaded again comes and goes without anybody's noticing. Not
 * thread-safe.
 */
final class PresenceChanges {
    private final Map<String, SocketState> sockets = new LinkedHashMap<>();
    private final List<NewEvent> events = new ArrayList<>();
    private final Set<UUID> users = new LinkedHashSet<>();
    private final Set<UUID> renewedUsers = new LinkedHashSet<>();
    private final Set<String> newcomers = new LinkedHashSet<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private boolean everybody;

    /** How a socket of this node is now. */
    sealed interface SocketState {

        /** It is connected. */
        record Here(PresenceSession session) implements SocketState {}

        /** It is gone. */
        record Gone() implements SocketState {}
    }

    void noteSocketIsHere(PresenceSession session) {
        sockets.put(session.socketId(), new SocketState.Here(session));
        users.add(session.userId());
    }

    void noteSocketIsGone(String socketId, UUID userId) {
        sockets.put(socketId, new SocketState.Gone());
        newcomers.remove(socketId);
        users.add(userId);
    }

    void noteNewcomer(String socketId) {
        newcomers.add(socketId);
    }

    void noteEvent(NewEvent event) {
        events.add(event);
    }

    /** Of users whose sockets have changed, here or on another node. */
    void noteUser(UUID userId) {
        users.add(userId);
    }

    /** What is known of the user himself is out of date. */
    void noteRenewedUser(UUID userId) {
        users.add(userId);
        renewedUsers.add(userId);
    }

    /** There may be something new about anybody. */
    void noteEverybody() {
        everybody = true;
    }

    /** Completes when everything that is here now counts; at once if there is nothing. */
    CompletableFuture<Void> awaited() {
        if (isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        var done = new CompletableFuture<Void>();
        waiting.add(done);
        return done;
    }

    boolean isEmpty() {
        return sockets.isEmpty() && events.isEmpty() && users.isEmpty() && !everybody;
    }

    /** Puts what could not be handled before what has come since. */
    void putBefore(PresenceChanges later) {
        later.sockets.forEach((socket, state) -> {
            sockets.remove(socket);
            sockets.put(socket, state);
        });
        events.addAll(later.events);
        users.addAll(later.users);
        renewedUsers.addAll(later.renewedUsers);
        newcomers.addAll(later.newcomers);
        waiting.addAll(later.waiting);
        everybody |= later.everybody;
    }

    Map<String, SocketState> sockets() {
        return sockets;
    }

    List<NewEvent> events() {
        return events;
    }

    Set<UUID> users() {
        return users;
    }

    Set<UUID> renewedUsers() {
        return renewedUsers;
    }

    Set<String> newcomers() {
        return newcomers;
    }

    boolean isAboutEverybody() {
        return everybody;
    }

    void complete() {
        waiting.forEach(done -> done.complete(null));
    }
}
