package org.maraudersmap.server.realtime;

import jakarta.validation.constraints.NotNull;
import java.util.Collection;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.input.RequestReader;
import org.maraudersmap.server.platform.input.Text;
import org.maraudersmap.socketio.Event;
import org.maraudersmap.socketio.Socket;
import org.springframework.stereotype.Component;

/** The rooms that clients enter and leave by themselves, one at a time; a {@link RoomGuard} says who may. */
@Component
class ClientRooms {
    private final RoomGuards guards;
    private final ClientListeners listeners;
    private final RoomCensus census;
    private final RequestReader requests;

    ClientRooms(RoomGuards guards, ClientListeners listeners, RoomCensus census, RequestReader requests) {
        this.guards = guards;
        this.listeners = listeners;
        this.census = census;
        this.requests = requests;
    }

    /** What {@code room:join} and {@code room:leave} come with. */
    record RoomRequest(@NotNull @Text(longest = LONGEST_ROOM, visible = true) String room) {
        private static final int LONGEST_ROOM = 100;
    }

    record RoomState(String room, int count, Collection<UserSnapshot> users) {}

    /** Enters a room and leaves the one before; answered once it would survive a crash. */
    SocketAnswer joinRoomOfClient(Socket socket, Event event) {
        var room = requests.readRequestFromJsonTree(event.arg(0), RoomRequest.class).room();
        guards.admitActorToRoom(socket.attachment(Actor.class), room);
        var before = guards.selectGuardedRoomsAmong(socket.rooms());
        var formerRooms = before.stream().filter(former -> !former.equals(room)).toList();
        formerRooms.forEach(socket::leave);
        socket.join(room);
        socket.saveSession();
        formerRooms.forEach(former -> listeners.tellThatRoomWasLeft(socket, former));
        if (!before.contains(room)) {
            listeners.tellThatRoomWasEntered(socket, room);
        }
        formerRooms.forEach(former -> socket.emit("room:left", stateOfRoom(former)));
        var state = stateOfRoom(room);
        socket.emit("room:joined", state);
        return SocketAnswer.ok().with("room", room).with("count", state.count()).with("users", state.users());
    }

    /** Leaves a room; nothing happens if the socket is not in it. */
    SocketAnswer leaveRoomOfClient(Socket socket, Event event) {
        var room = requests.readRequestFromJsonTree(event.arg(0), RoomRequest.class).room();
        if (guards.selectGuardedRoomsAmong(socket.rooms()).contains(room)) {
            socket.leave(room);
            socket.saveSession();
            listeners.tellThatRoomWasLeft(socket, room);
            socket.emit("room:left", stateOfRoom(room));
        }
        return SocketAnswer.ok().with("room", room);
    }

    /** Users count once, however many sockets they have in the room, on whatever node. */
    private RoomState stateOfRoom(String room) {
        var users = census.listUsersInRoom(room);
        return new RoomState(room, users.size(), users);
    }
}
