package org.maraudersmap.e2e.equivalence;

import java.util.List;
import org.maraudersmap.e2e.harness.EventLogReader.Entry;
import org.maraudersmap.e2e.harness.EventLogReader.Stretch;
import org.maraudersmap.e2e.harness.Session;

/** A client without a socket: it took a snapshot, and applies what {@code GET /api/events} tells. */
final class LogFollower {
    /** A client may begin too early: what it has already does no harm. */
    private static final int OVERLAP = 3;

    private final Session user;
    private final Part part;
    private final Screen screen;
    private final LogEvents events;
    private long position;

    LogFollower(Session user, Part part, Snapshot snapshot) {
        this.user = user;
        this.part = part;
        this.screen = snapshot.screen();
        this.events = part instanceof Part.Everything
                ? LogEvents.withEveryThread(user)
                : LogEvents.withThreadsThatAreOpen(user);
        this.position = snapshot.position();
    }

    /**
     * Applies what comes after its position in a stretch, which must begin early enough.
     *
     * @return what should have been in the snapshot and was not; later events might hide it, since each carries the
     *         whole incident
     */
    List<String> follow(Stretch stretch) {
        if (stretch.after() > position) {
            throw new IllegalArgumentException("begins after " + stretch.after() + ", is needed from " + position);
        }
        var lacking = stretch.entries()
                .stream()
                .filter(entry -> entry.position() <= position && entry.isOfIncident() && showsIncidentOf(entry))
                .filter(entry -> screen.lacksVersion(entry.incident()))
                .map(entry -> "complete up to " + position + " but without " + entry)
                .toList();
        stretch.entries().stream().filter(entry -> entry.position() > position - OVERLAP)
                .forEach(entry -> events.apply(entry, screen));
        position = Math.max(position, stretch.next());
        return lacking;
    }

    private boolean showsIncidentOf(Entry entry) {
        return switch (part) {
            case Part.OneIncident(var incident) -> entry.incident().path("id").asLong() == incident;
            case Part.Everything _,Part.WithOneThread _,Part.Incidents _ -> true;
            case Part.OneThread _,Part.Notifications _ -> false;
        };
    }

    Session user() {
        return user;
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
        return user.handle() + " who has " + part + " from the log since " + position;
    }
}
