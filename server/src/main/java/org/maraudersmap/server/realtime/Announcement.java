package org.maraudersmap.server.realtime;

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
public record Announcement(Audience audience, String event, Object payload) {}
