package org.maraudersmap.server.realtime;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Asks the {@link RoomGuard} of a room, for whoever must know whether there is such a room for somebody. */
@Component
public class RoomGuards {
    private final List<RoomGuard> guards;

    RoomGuards(ObjectProvider<RoomGuard> guards) {
        this.guards = guards.orderedStream().toList();
    }

    /**
     * Returns if the actor may enter a room. May ask the database.
     *
     * @throws Problem
     *             if there is no such room for him
     */
    public void admitActorToRoom(Actor actor, String room) {
        findGuardOfRoom(room).orElseThrow(() -> Problem.of(
                ProblemCode.FORBIDDEN,
                "Room " + room + " cannot be entered; rooms are named incident:<id>."))
                .admitActorToRoom(actor, room);
    }

    /**
     * Whether clients enter it by themselves, if they may; those that the server puts sockets into are nobody's to
     * guard.
     */
    boolean isRoomEnteredByClients(String room) {
        return findGuardOfRoom(room).isPresent();
    }

    Set<String> selectGuardedRoomsAmong(Set<String> rooms) {
        return rooms.stream().filter(this::isRoomEnteredByClients).collect(Collectors.toUnmodifiableSet());
    }

    private Optional<RoomGuard> findGuardOfRoom(String room) {
        return guards.stream().filter(guard -> guard.guardsRoomOfName(room)).findFirst();
    }
}
