package org.maraudersmap.server.realtime;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.socketio.Event;
import org.maraudersmap.socketio.Socket;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The rooms that clients enter and leave by themselves, one at a time; a {@link RoomGuard} says who may. */
@Component
class ClientRooms {
    private final List<RoomGuard> guards;

    ClientRooms(ObjectProvider<RoomGuard> guards) {
        this.guards = guards.orderedStream().toList();
    }

    record RoomState(String room, int count, Collection<UserSnapshot> users) {}

    /** Enters a room and leaves the one before; answered once it would survive a crash. */
    SocketAnswer joinRoomOfClient(Socket socket, Event event) {
        var room = requireTextInFirstArgument(event, "room");
        var guard = guards.stream()
                .filter(each -> each.guardsRoomOfName(room))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                        ProblemCode.FORBIDDEN,
                        "Room " + room + " cannot be entered; rooms are named incident:<id>."));
        guard.admitActorToRoom(socket.attachment(Actor.class), room);
        for (var former : roomsEnteredBySocket(socket)) {
            if (!former.equals(room)) {
                socket.leave(former);
                socket.emit("room:left", stateOfRoom(socket, former));
            }
        }
        socket.join(room);
        socket.saveSession();
        var state = stateOfRoom(socket, room);
        socket.emit("room:joined", state);
        return SocketAnswer.ok().with("room", room).with("count", state.count()).with("users", state.users());
    }

    /** Leaves a room; nothing happens if the socket is not in it. */
    SocketAnswer leaveRoomOfClient(Socket socket, Event event) {
        var room = requireTextInFirstArgument(event, "room");
        if (roomsEnteredBySocket(socket).contains(room)) {
            socket.leave(room);
            socket.saveSession();
            socket.emit("room:left", stateOfRoom(socket, room));
        }
        return SocketAnswer.ok().with("room", room);
    }

    /** Whether clients enter it by themselves, if they may; all others are the server's. */
    boolean isRoomEnteredByClients(String room) {
        return guards.stream().anyMatch(guard -> guard.guardsRoomOfName(room));
    }

    /** One at most; the rooms that the server put the socket into are nobody's to guard. */
    private List<String> roomsEnteredBySocket(Socket socket) {
        return socket.rooms().stream().filter(this::isRoomEnteredByClients).toList();
    }

    /** Users count once, however many sockets they have in the room. */
    private static RoomState stateOfRoom(Socket socket, String room) {
        Map<UUID, UserSnapshot> users = new LinkedHashMap<>();
        for (var member : socket.namespace().sockets(room)) {
            var user = member.attachment(Actor.class).user();
            users.put(user.id(), user);
        }
        return new RoomState(room, users.size(), users.values());
    }

    /** A text in the first argument of a client event. */
    static String requireTextInFirstArgument(Event event, String field) {
        var value = event.arg(0).path(field);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw Problem.invalidField(field, "must be a text");
        }
        return value.stringValue();
    }
}
