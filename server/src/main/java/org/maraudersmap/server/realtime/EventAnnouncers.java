package org.maraudersmap.server.realtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.platform.Actor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Asks the domain that an event belongs to how it is announced, and who may see it. What belongs to none is shown to
 * nobody.
 */
@Component
class EventAnnouncers {
    private final Map<String, EventAnnouncer> announcers = new HashMap<>();

    EventAnnouncers(ObjectProvider<EventAnnouncer> found) {
        for (var announcer : found) {
            for (var type : announcer.announcedEventTypes()) {
                var other = announcers.put(type, announcer);
                if (other != null) {
                    throw new IllegalStateException(type + " is announced by " + other + " and by " + announcer);
                }
            }
        }
    }

    boolean isAnnounced(String eventType) {
        return announcers.containsKey(eventType);
    }

    List<Announcement> announceEventToSockets(PositionedEvent event) {
        return findAnnouncerOfEvent(event).map(announcer -> announcer.announceEventToSockets(event)).orElse(List.of());
    }

    boolean mayActorSeeEvent(Actor actor, PositionedEvent event) {
        return findAnnouncerOfEvent(event).map(announcer -> announcer.mayActorSeeEvent(actor, event)).orElse(false);
    }

    private Optional<EventAnnouncer> findAnnouncerOfEvent(PositionedEvent event) {
        return Optional.ofNullable(announcers.get(event.event().eventType()));
    }
}
