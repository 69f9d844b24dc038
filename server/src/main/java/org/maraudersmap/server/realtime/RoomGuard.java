package org.maraudersmap.server.realtime;

import org.maraudersmap.server.platform.Actor;

/** Who may enter the rooms of a domain. A room that nobody guards cannot be entered by clients. */
public interface RoomGuard {

    /** Whether it guards a room of this name. */
    boolean guardsRoomOfName(String room);

    /**
     * Returns if the actor may enter. May ask the database.
     *
     * @throws org.maraudersmap.server.platform.problem.Problem
     *             if there is no such room for him
     */
    void admitActorToRoom(Actor actor, String room);
}
