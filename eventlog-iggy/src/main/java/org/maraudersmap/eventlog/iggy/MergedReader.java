package org.maraudersmap.eventlog.iggy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.BrokerUnavailableException;
import org.maraudersmap.eventlog.PositionedEvent;

/**
 * Reads all topics as one log, by position. The topics have no common order, so it holds what has come too early and
 * stops where the next position is missing; what it has given already, it drops. Not thread-safe.
 */
final class MergedReader {
    private final IggyLine line;
    private final long session;
    private final String epoch;
    private final int pageSize;
    private final List<Cursor> cursors;
    private long position;

    /** Begins after a position, wherever that is in each topic. */
    MergedReader(IggyLine line, Collection<IggyTopic> topics, String epoch, long position, int pageSize) {
        this.line = line;
        this.session = line.sessionNumber().orElseThrow(() -> new BrokerUnavailableException(line.trouble()));
        this.epoch = epoch;
        this.position = position;
        this.pageSize = pageSize;
        this.cursors = topics.stream().map(Cursor::new).toList();
    }

    /** Whether the client is still the same; another one may have found a server that lost messages. */
    boolean isUsable() {
        return line.sessionNumber().filter(number -> number == session).isPresent();
    }

    long position() {
        return position;
    }

    /** Passes over what was got from elsewhere. */
    void skipTo(long elsewhere) {
        position = Math.max(position, elsewhere);
    }

    /** The events that follow, up to the next hole. */
    List<PositionedEvent> readNext(int limit) {
        var read = new ArrayList<PositionedEvent>();
        cursors.forEach(cursor -> cursor.exhausted = false);
        while (read.size() < limit) {
            var next = takeEventAt(position + 1);
            if (next == null) {
                break;
            }
            read.add(next);
            position++;
        }
        return read;
    }

    private @Nullable PositionedEvent takeEventAt(long wanted) {
        for (var cursor : cursors) {
            var found = cursor.take(wanted);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The position of the first event that has come too early; empty if none has. */
    OptionalLong earliestHeld() {
        return cursors.stream()
                .filter(cursor -> !cursor.early.isEmpty())
                .mapToLong(cursor -> cursor.early.firstKey())
                .min();
    }

    /** A place in one topic. */
    private final class Cursor {
        private final IggyTopic topic;
        private final NavigableMap<Long, PositionedEvent> early = new TreeMap<>();
        private long offset;
        private boolean exhausted;

        Cursor(IggyTopic topic) {
            this.topic = topic;
            this.offset = topic.findOffsetAfter(line, position, epoch);
        }

        @Nullable
        PositionedEvent take(long wanted) {
            early.headMap(wanted).clear();
            while (early.isEmpty() && !exhausted) {
                fill();
                early.headMap(wanted).clear();
            }
            return early.remove(wanted);
        }

        private void fill() {
            var page = topic.pollFrom(line, offset, pageSize);
            var messages = page.messages();
            if (messages.isEmpty()) {
                exhausted = true;
                if (page.currentOffset().longValueExact() + 1 < offset) {
                    // The server has lost messages, and will give their offsets to others.
                    offset = topic.findOffsetAfter(line, position, epoch);
                }
                return;
            }
            for (var message : messages) {
                topic.read(message, epoch).ifPresent(event -> early.putIfAbsent(event.position(), event));
            }
            offset = messages.stream().map(IggyTopic::offsetOf).max(Comparator.naturalOrder()).orElseThrow() + 1;
        }
    }
}
