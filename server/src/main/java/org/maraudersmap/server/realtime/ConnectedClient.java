package org.maraudersmap.server.realtime;

import java.util.Set;
import org.maraudersmap.server.platform.Actor;

/**
 * A client whose socket is connected.
 *
 * @param actor
 *            whom it speaks for now
 * @param rooms
 *            the rooms that it is in now
 */
public record ConnectedClient(String socketId, Actor actor, Set<String> rooms) {}
