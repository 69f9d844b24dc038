package org.maraudersmap.server.incidents;

import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.realtime.Audience;

/** An incident by its number: where its events belong, and who looks at it. */
public record IncidentRef(long id) {
    static final String TOPIC = "incident-events";

    /** A fact about the incident. Whoever records it holds the incident's row, which keeps them in order. */
    public NewEvent event(String type, @Nullable UserSnapshot actor, Object data) {
        return new NewEvent(TOPIC, key(), type, actor, data);
    }

    /** The sockets of those who look at it. */
    public Audience room() {
        return IncidentRooms.makeRoomOfIncident(key());
    }

    /** The key of its events. */
    String key() {
        return String.valueOf(id);
    }
}
