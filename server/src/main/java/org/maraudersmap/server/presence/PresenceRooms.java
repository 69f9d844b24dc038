package org.maraudersmap.server.presence;

import org.maraudersmap.server.realtime.Audience;

/** How the rooms are named that people look at incidents in. */
final class PresenceRooms {
    private static final String PREFIX = "incident:";

    private PresenceRooms() {}

    static Audience.Room roomOfIncident(String incidentId) {
        return new Audience.Room(PREFIX + incidentId);
    }
}
