package org.maraudersmap.server.realtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.platform.Actor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Asks the domain that an event belongs to. What belongs to none is shown to nobody. */
@Component
class EventVisibility {
    private final Map<String, EventAnnouncer> announcers = new HashMap<>();

    EventVisibility(ObjectProvider<EventAnnouncer> announcers) {
        for (var announcer : announcers) {
            for (var type : announcer.announcedEventTypes()) {
                var other = this.announcers.put(type, announcer);
                if (other != null) {
                    throw new IllegalStateException(type + " is announced by " + other + " and by " + announcer);
                }
            }
        }
    }

    Optional<EventAnnouncer> findAnnouncerOfEvent(PositionedEvent event) {
        return Optional.ofNullable(announcers.get(event.event().eventType()));
    }

    boolean mayActorSeeEvent(Actor actor, PositionedEvent event) {
        return findAnnouncerOfEvent(event).map(announcer -> announcer.mayActorSeeEvent(actor, event)).orElse(false);
    }
}
