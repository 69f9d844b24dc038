package org.maraudersmap.eventlog;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest events of a log, kept in memory for readers who keep up; for implementations of {@link EventLog}. There is
 * never a hole between them. Thread-safe.
 */
public final class LogTail {
    private static final int SIZE = 1_024;

    private final ArrayList<PositionedEvent> events = new ArrayList<>(2 * SIZE);

    /** Adds events without a hole between them; those kept before are dropped if these do not follow them. */
    public synchronized void append(List<PositionedEvent> newest) {
        if (!events.isEmpty() && events.getLast().position() + 1 != newest.getFirst().position()) {
            events.clear();
        }
        events.addAll(newest);
        if (events.size() > 2 * SIZE) {
            events.subList(0, events.size() - SIZE).clear();
        }
    }

    /** The events that follow a position; empty where that lies before what is kept, or at the end. */
    public synchronized List<PositionedEvent> readAfter(long position, int limit) {
        if (events.isEmpty() || position + 1 < events.getFirst().position()) {
            return List.of();
        }
        var from = (int) Math.min(events.size(), position + 1 - events.getFirst().position());
        var to = (int) Math.min(events.size(), (long) from + limit);
        return List.copyOf(events.subList(from, to));
    }

    /** Drops all of them: another life of the log has begun. */
    public synchronized void clear() {
        events.clear();
    }
}
