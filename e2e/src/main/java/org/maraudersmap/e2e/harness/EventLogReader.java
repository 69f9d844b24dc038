package org.maraudersmap.e2e.harness;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Pages through {@code GET /api/events} and checks, page by page, that it adds up. */
public final class EventLogReader {
    private static final int PAGE = 1_000;
    private final Api api;
    private final Session reader;

    /** Reads as {@code reader} may. */
    public EventLogReader(Api api, Session reader) {
        this.api = api;
        this.reader = reader;
    }

    /** An event and its place. */
    public record Entry(long position, JsonNode event) {

        /** Its type. */
        public String type() {
            return event.path("eventType").asString();
        }

        /** Its payload. */
        public JsonNode data() {
            return event.path("data");
        }

        /** Whether it is about an incident, in its own version. */
        public boolean isOfIncident() {
            return type().startsWith("incident.");
        }

        /** The incident that it tells of, whole, as it was after the event. */
        public JsonNode incident() {
            return data().has("incident") ? data().path("incident") : data();
        }
    }

    /**
     * A stretch of the log.
     *
     * @param next
     *            the last position in it
     * @param hidden
     *            how many events in it the reader may not see
     */
    public record Stretch(String epoch, long after, long next, long head, int hidden, List<Entry> entries) {}

    /** One page. */
    public Stretch readPageAfter(long position, int limit) {
        var body = api.get("/api/events?after=" + position + "&limit=" + limit, reader.accessToken())
                .expect(200)
                .body();
        var entries = new ArrayList<Entry>();
        for (var entry : body.path("events")) {
            entries.add(new Entry(entry.path("position").asLong(), entry.path("event")));
        }
        return new Stretch(
                body.path("epoch").asString(),
                position,
                body.path("next").asLong(),
                body.path("head").asLong(),
                body.path("hidden").asInt(),
                entries);
    }

    /** Everything after a position, up to the head as it was when the last page was read. */
    public Stretch readAllAfter(long position) {
        var entries = new ArrayList<Entry>();
        var hidden = 0;
        for (var next = position;;) {
            var page = readPageAfter(next, PAGE);
            checkThatItAddsUp(page);
            entries.addAll(page.entries());
            hidden += page.hidden();
            next = page.next();
            if (next >= page.head()) {
                return new Stretch(page.epoch(), position, next, page.head(), hidden, entries);
            }
            if (page.next() == page.after()) {
                throw new IllegalStateException("the log does not go on after " + page.next() + " of " + page.head());
            }
        }
    }

    private static void checkThatItAddsUp(Stretch page) {
        if (page.entries().size() + page.hidden() != page.next() - page.after()) {
            throw new IllegalStateException(
                    "after %d: %d events and %d hidden do not make up the positions to %d".formatted(
                            page.after(),
                            page.entries().size(),
                            page.hidden(),
                            page.next()));
        }
    }
}
