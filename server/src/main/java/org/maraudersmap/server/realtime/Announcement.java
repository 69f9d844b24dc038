package org.maraudersmap.server.realtime;

import java.util.Map;

/**
 * What sockets are told of an event. The announcements of one event are made from the event alone, always the same and
 * in the same order: their number is part of an offset, and a replay makes them again.
 *
 * @param audience
 *            who hears it
 * @param event
 *            the Socket.IO event, such as {@code incident:created}
 * @param payload
 *            anything that Jackson writes as a JSON object
 */
public record Announcement(Audience audience, String event, Object payload) {
    private static final String RESYNC = "resync";

    /** In place of what cannot be announced: everyone takes a new snapshot. */
    static Announcement resync(long position) {
        return new Announcement(new Audience.Everyone(), RESYNC, Map.of("position", position));
    }

    boolean isResync() {
        return event.equals(RESYNC);
    }
}
