package org.maraudersmap.server.realtime;

import java.util.Collection;
import org.maraudersmap.eventlog.UserSnapshot;

/** Knows who is in a room, on all nodes. One domain implements it. */
public interface RoomCensus {

    /**
     * The users in a room, each once however many sockets he has there. Every {@link ClientListener} of this node has
     * heard what happened before; may wait a moment for that to count.
     */
    Collection<UserSnapshot> listUsersInRoom(String room);
}
