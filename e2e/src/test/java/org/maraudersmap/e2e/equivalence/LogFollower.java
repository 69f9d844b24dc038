package org.maraudersmap.e2e.equivalence;

import org.maraudersmap.e2e.harness.EventLogReader.Entry;
import org.maraudersmap.e2e.harness.EventLogReader.Stretch;

/** A client without a socket: it took a snapshot, and applies what {@code GET /api/events} tells. */
final class LogFollower {
    /** A client may begin too early: what it has already does no harm. */
    private static final int OVERLAP = 3;

    private final Part part;
    private final Screen screen;
    private final LogEvents events;
    private long position;

    LogFollower(Part part, Snapshot snapshot, LogEvents events) {
        this.part = part;
        this.screen = snapshot.screen();
        this.events = events;
        this.position = snapshot.position();
    }

    /** Applies what comes after its position in a stretch, which must begin early enough. */
    void follow(Stretch stretch) {
        if (stretch.after() > position) {
            throw new IllegalArgumentException("begins after " + stretch.after() + ", is needed from " + position);
        }
        stretch.entries().stream().filter(entry -> entry.position() > position - OVERLAP).forEach(this::apply);
        position = Math.max(position, stretch.next());
    }

    private void apply(Entry entry) {
        if (part instanceof Part.Everything && entry.type().equals("incident.created")) {
            screen.openThread(entry.incident().path("id").asLong());
        }
        events.apply(entry, screen);
    }

    Part part() {
        return part;
    }

    Screen screen() {
        return screen;
    }

    long position() {
        return position;
    }

    @Override
    public String toString() {
        return "who has " + part + " from the log";
    }
}
