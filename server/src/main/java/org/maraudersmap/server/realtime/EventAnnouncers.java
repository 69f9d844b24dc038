package org.maraudersmap.server.realtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Asks the domain that an event belongs to how it is announced, and who may see it. What belongs to none is shown to
 * nobody.
 */
@Component
class EventAnnouncers {
    private static final Logger log = LoggerFactory.getLogger(EventAnnouncers.class);

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

    boolean isEventTypeAnnounced(String eventType) {
        return announcers.containsKey(eventType);
    }

    /** What sockets are told of an event, live and in a replay; if that cannot be made, to take a new snapshot. */
    List<Announcement> announceEventOrResync(PositionedEvent event) {
        try {
            return findAnnouncerOfEvent(event).map(announcer -> announcer.announceEventToSockets(event))
                    .orElse(List.of());
        } catch (RuntimeException failure) {
            try (var _ = Trace.enter(event.event().metadata().traceId())) {
                log.error(
                        "event {} at position {} cannot be announced; sockets are told to resync",
                        event.event().eventId(),
                        event.position(),
                        failure);
            }
            return List.of(Announcement.resync(event.position()));
        }
    }

    boolean mayActorSeeEvent(Actor actor, PositionedEvent event) {
        return findAnnouncerOfEvent(event).map(announcer -> announcer.mayActorSeeEvent(actor, event)).orElse(false);
    }

    private Optional<EventAnnouncer> findAnnouncerOfEvent(PositionedEvent event) {
        return Optional.ofNullable(announcers.get(event.event().eventType()));
    }
}
