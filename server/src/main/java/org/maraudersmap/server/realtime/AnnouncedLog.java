package org.maraudersmap.server.realtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.EventsGoneException;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.socketio.Offset;
import org.maraudersmap.socketio.Recovery.Replayed;

/**
 * The log as it is announced, for replays. Pages of it are kept, up to a size, with their messages: of a thousand
 * clients who come back at once one reads and encodes, and the others are given the same.
 */
final class AnnouncedLog {
    /** How many positions a page has; pages begin at multiples of it. */
    static final int PAGE = 128;
    /** Of events as JSON, in characters; a page that is bigger is kept alone. */
    private static final long MOST_KEPT = 8L << 20;

    private final EventLog log;
    private final EventAnnouncers announcers;
    /** Guarded by itself; the least recently used first. */
    private final Map<Key, FutureTask<Page>> kept = new LinkedHashMap<>(16, 0.75f, true);

    /** Which page, of which life of the log. */
    private record Key(String epoch, long number) {}

    /** An event and its messages; their numbers are their places in the list. */
    record AnnouncedEvent(PositionedEvent event, List<AnnouncedMessage> messages) {}

    /** A message to an audience. */
    record AnnouncedMessage(Announcement announcement, Replayed replayed) {}

    /** Events without a hole; the last page ends where the log ended when it was read. */
    private record Page(List<AnnouncedEvent> events, long size) {

        long last() {
            return events.isEmpty() ? 0 : events.getLast().event().position();
        }
    }

    AnnouncedLog(EventLog log, EventAnnouncers announcers) {
        this.log = log;
        this.announcers = announcers;
    }

    /**
     * Some of the events from position {@code from} to {@code upTo}, beginning with the first; empty if there is none.
     *
     * @param upTo
     *            not past the head of the log
     * @throws EventsGoneException
     *             if events from {@code from} on are no longer kept
     */
    List<AnnouncedEvent> readSomeFrom(String epoch, long from, long upTo) {
        if (from > upTo) {
            return List.of();
        }
        var number = (from - 1) / PAGE;
        var end = Math.min(upTo, (number + 1) * PAGE);
        List<AnnouncedEvent> events;
        try {
            events = pageUpTo(new Key(epoch, number), end).events;
        } catch (EventsGoneException gone) {
            // The beginning of the page, perhaps; what is wanted may be there still.
            events = readPage(epoch, from - 1, end).events;
        }
        return events.stream()
                .filter(event -> event.event().position() >= from && event.event().position() <= end)
                .toList();
    }

    private Page pageUpTo(Key key, long end) {
        var read = readOrShare(key, 0);
        if (read.last() < end) {
            // It was the log's last page, and the log has grown.
            read = readOrShare(key, read.last());
        }
        if (read.last() < end) {
            throw new IllegalStateException("The log ends at %d, before %d".formatted(read.last(), end));
        }
        makeRoomBeside(key);
        return read;
    }

    /**
     * Whoever comes first reads the page, the others wait for him. A page that ends at {@code tooShort} is read anew.
     */
    private Page readOrShare(Key key, long tooShort) {
        FutureTask<Page> page;
        synchronized (kept) {
            var known = kept.get(key);
            if (known == null || isReadUpTo(known, tooShort)) {
                var start = key.number * PAGE;
                known = new FutureTask<>(() -> readPage(key.epoch, start, start + PAGE));
                kept.put(key, known);
            }
            page = known;
        }
        page.run();
        return resultOf(key, page);
    }

    private static boolean isReadUpTo(FutureTask<Page> page, long position) {
        return page.state() == FutureTask.State.SUCCESS && page.resultNow().last() <= position;
    }

    private Page resultOf(Key key, FutureTask<Page> page) {
        try {
            return page.get();
        } catch (ExecutionException failed) {
            synchronized (kept) {
                kept.remove(key, page);
            }
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a page of the log was read", interrupted);
        }
    }

    private void makeRoomBeside(Key key) {
        synchronized (kept) {
            var size = 0L;
            for (var page : kept.values()) {
                size += page.state() == FutureTask.State.SUCCESS ? page.resultNow().size : 0;
            }
            var eldest = kept.entrySet().iterator();
            while (size > MOST_KEPT && eldest.hasNext()) {
                var entry = eldest.next();
                if (!entry.getKey().equals(key) && entry.getValue().state() == FutureTask.State.SUCCESS) {
                    size -= entry.getValue().resultNow().size;
                    eldest.remove();
                }
            }
        }
    }

    private Page readPage(String epoch, long after, long end) {
        var events = new ArrayList<AnnouncedEvent>();
        var size = 0L;
        var next = after;
        while (next < end) {
            var read = log.readAfter(next, (int) (end - next));
            if (read.isEmpty()) {
                break;
            }
            for (var event : read) {
                events.add(announce(epoch, event));
                size += event.json().length();
            }
            next = read.getLast().position();
        }
        return new Page(List.copyOf(events), size);
    }

    private AnnouncedEvent announce(String epoch, PositionedEvent event) {
        var messages = new ArrayList<AnnouncedMessage>();
        for (var announcement : announcers.announceEventOrResync(event)) {
            var offset = Offset.of(epoch, event.position(), messages.size());
            messages.add(
                    new AnnouncedMessage(
                            announcement,
                            new Replayed(offset, announcement.event(), List.of(announcement.payload()))));
        }
        return new AnnouncedEvent(event, List.copyOf(messages));
    }
}
