package org.maraudersmap.server.realtime;

import java.util.Set;
import org.maraudersmap.server.platform.Actor;

/**
 * One socket and who speaks through it.
 *
 * @param socketId
 *            also the name of a room that it is alone in
 * @param actor
 *            in the role that is in force
 * @param rooms
 *            those that it has entered by itself; not those that the server has put it into
 */
public record ConnectedClient(String socketId, Actor actor, Set<String> rooms) {

    public ConnectedClient {
        rooms = Set.copyOf(rooms);
    }
}
