package org.maraudersmap.server.identity;

import java.util.List;
import java.util.Set;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.realtime.Announcement;
import org.maraudersmap.server.realtime.EventAnnouncer;
import org.springframework.stereotype.Component;

/** What concerns a user's sign-ins is for himself and for an ADMIN, in the log; sockets are not told. */
@Component
class AuthEventAnnouncer implements EventAnnouncer {

    @Override
    public Set<String> announcedEventTypes() {
        return AuthEvents.TYPES;
    }

    @Override
    public List<Announcement> announceEventToSockets(PositionedEvent event) {
        return List.of();
    }

    @Override
    public boolean mayActorSeeEvent(Actor actor, PositionedEvent event) {
        return actor.role().isAtLeast(Role.ADMIN) || event.event()
                .data()
                .path("userId")
                .asString("")
                .equals(actor.userId().toString());
    }
}
