package org.maraudersmap.server.presence;

import java.util.List;
import java.util.Set;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.realtime.Announcement;
import org.maraudersmap.server.realtime.EventAnnouncer;
import org.springframework.stereotype.Component;

/**
 * What is recorded of presence, for the audit and other readers. Everyone signed in may read it in the log; sockets
 * hear
 * of presence as a state, not from here.
 */
@Component
final class PresenceEvents implements EventAnnouncer {
    private static final String TOPIC = "presence-events";
    private static final String CONNECTED = "presence.connected";
    private static final String DISCONNECTED = "presence.disconnected";
    private static final String ROOM_JOINED = "presence.room_joined";
    private static final String ROOM_LEFT = "presence.room_left";

    /** Data of {@link #CONNECTED}. */
    record Connected(String socketId, UserSnapshot user) {}

    /** Data of {@link #DISCONNECTED}. */
    record Disconnected(String socketId, String reason) {}

    /** Data of {@link #ROOM_JOINED} and {@link #ROOM_LEFT}. */
    record InRoom(String socketId, String room) {}

    static NewEvent describeConnectionOfSocket(String socketId, UserSnapshot user) {
        return about(user, CONNECTED, new Connected(socketId, user));
    }

    /** It has left its room as well; that is no event of its own. */
    static NewEvent describeEndOfSocket(String socketId, UserSnapshot user, String reason) {
        return about(user, DISCONNECTED, new Disconnected(socketId, reason));
    }

    static NewEvent describeEntryIntoRoom(String socketId, UserSnapshot user, String room) {
        return about(user, ROOM_JOINED, new InRoom(socketId, room));
    }

    static NewEvent describeExitFromRoom(String socketId, UserSnapshot user, String room) {
        return about(user, ROOM_LEFT, new InRoom(socketId, room));
    }

    private static NewEvent about(UserSnapshot user, String type, Object data) {
        return new NewEvent(TOPIC, user.id().toString(), type, user, data);
    }

    @Override
    public Set<String> announcedEventTypes() {
        return Set.of(CONNECTED, DISCONNECTED, ROOM_JOINED, ROOM_LEFT);
    }

    @Override
    public List<Announcement> announceEventToSockets(PositionedEvent event) {
        return List.of();
    }

    @Override
    public boolean mayActorSeeEvent(Actor actor, PositionedEvent event) {
        return true;
    }
}
