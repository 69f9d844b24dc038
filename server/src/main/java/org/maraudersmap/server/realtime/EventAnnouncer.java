package org.maraudersmap.server.realtime;

import java.util.List;
import java.util.Set;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.platform.Actor;

/**
 * What a domain says of its own events: how sockets hear of them, and who may see them. Make it a Spring bean; each
 * event type has one announcer at most, and what has none is shown to nobody.
 */
public interface EventAnnouncer {

    /** The event types that it speaks for. */
    Set<String> announcedEventTypes();

    /**
     * What sockets are told, from the event alone. If this throws, they are told to take a new snapshot instead.
     */
    List<Announcement> announceEventToSockets(PositionedEvent event);

    /** Whether an actor may see the event now: in the log, live and in a replay. */
    boolean mayActorSeeEvent(Actor actor, PositionedEvent event);
}
