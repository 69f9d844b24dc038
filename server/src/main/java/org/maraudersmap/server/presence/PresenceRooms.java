package org.maraudersmap.server.presence;

import java.util.Optional;
import org.maraudersmap.server.realtime.Audience;

/** How the rooms are named that people look at incidents in. */
final class PresenceRooms {
    private static final String PREFIX = "incident:";

    private PresenceRooms() {}

    static Audience.Room roomOfIncident(String incidentId) {
        return new Audience.Room(PREFIX + incidentId);
    }

    /** The way back; empty for rooms of another kind. */
    static Optional<Long> incidentOfRoom(String room) {
        return Optional.of(room)
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> Long.valueOf(name.substring(PREFIX.length())));
    }
}
