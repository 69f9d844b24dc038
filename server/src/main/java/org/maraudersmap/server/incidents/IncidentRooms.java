package org.maraudersmap.server.incidents;

import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.realtime.Audience;
import org.maraudersmap.server.realtime.RoomGuard;
import org.springframework.stereotype.Component;

/** The rooms of those who look at an incident, {@code incident:<id>}: open to everyone signed in, if it exists. */
@Component
final class IncidentRooms implements RoomGuard {
    private static final String PREFIX = "incident:";

    private final IncidentRepository repository;

    IncidentRooms(IncidentRepository repository) {
        this.repository = repository;
    }

    static Audience roomOf(String incidentId) {
        return new Audience.Room(PREFIX + incidentId);
    }

    @Override
    public boolean guardsRoomOfName(String room) {
        return room.startsWith(PREFIX);
    }

    @Override
    public void admitActorToRoom(Actor actor, String room) {
        var id = room.substring(PREFIX.length());
        if (!isIdAsWritten(id) || !repository.doesIncidentExistNow(Long.parseLong(id))) {
            throw Problem.notFound("incident", id);
        }
    }

    /** No second spelling, such as 042, of a room that nothing is ever announced to; 18 digits fit into a long. */
    private static boolean isIdAsWritten(String id) {
        return id.matches("[1-9][0-9]{0,17}");
    }
}
