package org.maraudersmap.eventlog.iggy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.iggy.identifier.StreamId;
import org.apache.iggy.identifier.TopicId;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.BrokerState;
import org.maraudersmap.eventlog.BrokerUnavailableException;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.LogHead;
import org.maraudersmap.eventlog.LogTail;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.PublishableEventLog;
import org.maraudersmap.eventlog.TopicEnd;
import org.maraudersmap.eventlog.WakeUps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log on Apache Iggy. One follower merges the topics for all readers of the node that keep up and holds the newest
 * events in memory; who is further behind has a {@link MergedReader} of his own. Whatever the broker does not have, or
 * not in time, comes from the database.
 */
final class IggyEventLog implements BrokerEventLog {
    private static final Logger log = LoggerFactory.getLogger(IggyEventLog.class);
    private static final int MOST_READERS_BEHIND = 16;
    private static final int CONNECTIONS_FOR_READING = 4;
    private static final long SHORTEST_WAIT_MILLIS = 2;

    private final IggySettings settings;
    private final IggyPatience patience;
    private final EventLog database;
    private final Clock clock;
    private final IggyLine reading;
    private final IggyLine writing;
    private final IggyMessages messages;
    private final Map<String, IggyTopic> topics = new LinkedHashMap<>();
    private final WakeUps wakeUps = new WakeUps();
    private final LongAdder fromBroker = new LongAdder();
    private final LongAdder fromDatabase = new LongAdder();
    private final Semaphore wake = new Semaphore(0);
    private final Thread follower = Thread.ofVirtual().name("iggy-follower").unstarted(this::followUntilClosed);
    private final EventLog.Subscription databaseGrows;

    /** Guards what the follower needs: {@link #followed}, {@link #late}. */
    private final ReentrantLock following = new ReentrantLock();
    private @Nullable MergedReader followed;
    private LateEvents late;

    /** Guards {@link #ends}: what each topic holds, as far as the last look and our own sending go. */
    private final ReentrantLock publishing = new ReentrantLock();
    private @Nullable Ends ends;

    private final LogTail tail = new LogTail();
    /** Guarded by itself: readers behind the tail, by the position after which they go on; the least recent first. */
    private final Map<Long, MergedReader> behind = new LinkedHashMap<>();
    private volatile LogHead head;
    private volatile boolean closed;

    /** What each topic holds of one life of the log. */
    private record Ends(String epoch, Map<String, TopicEnd> ofTopics) {

        long newestPosition() {
            return ofTopics.values().stream().mapToLong(TopicEnd::position).max().orElse(0);
        }

        boolean holds(PositionedEvent event) {
            var end = ofTopics.get(event.topic());
            return end != null && event.position() <= end.position();
        }
    }

    IggyEventLog(IggySettings settings, IggyPatience patience, EventLog database, EventJson json, Clock clock) {
        this.settings = settings;
        this.patience = patience;
        this.database = database;
        this.clock = clock;
        this.reading = new IggyLine(
                "reading", settings, patience, patience.read(), CONNECTIONS_FOR_READING, this::wakeFollower);
        this.writing = new IggyLine("writing", settings, patience, patience.write(), 1, () -> {
        });
        this.messages = new IggyMessages(json);
        settings.topics()
                .forEach(
                        (name, onServer) -> topics.put(
                                name,
                                new IggyTopic(name, StreamId.of(settings.stream()), TopicId.of(onServer), messages)));
        this.head = database.head();
        this.late = new LateEvents(clock, patience.late(), head.position());
        this.databaseGrows = database.onAppend(this::wakeFollower);
    }

    void start() {
        reading.start();
        writing.start();
        follower.start();
    }

    @Override
    public LogHead head() {
        return head;
    }

    @Override
    public Subscription onAppend(Runnable wakeUp) {
        return wakeUps.add(wakeUp);
    }

    @Override
    public List<PositionedEvent> readAfter(long position, int limit) {
        var end = head.position();
        if (position >= end) {
            return List.of();
        }
        var recent = tail.readAfter(position, limit);
        return recent.isEmpty() ? readBehindTail(position, (int) Math.min(limit, end - position)) : recent;
    }

    private List<PositionedEvent> readBehindTail(long position, int limit) {
        var page = Math.min(limit, settings.batchSize());
        try {
            var reader = takeReaderAfter(position);
            var events = reader.readNext(page);
            if (events.isEmpty()) {
                events = readFromDatabase(position, mostToFillHole(reader, page));
                reader.skipTo(position + events.size());
            } else {
                fromBroker.add(events.size());
            }
            keepReader(reader);
            return events;
        } catch (BrokerUnavailableException away) {
            return readFromDatabase(position, page);
        }
    }

    private MergedReader takeReaderAfter(long position) {
        synchronized (behind) {
            var kept = behind.remove(position);
            if (kept != null && kept.isUsable()) {
                return kept;
            }
        }
        return newReaderAfter(position);
    }

    private void keepReader(MergedReader reader) {
        synchronized (behind) {
            behind.put(reader.position(), reader);
            if (behind.size() > MOST_READERS_BEHIND) {
                behind.remove(behind.keySet().iterator().next());
            }
        }
    }

    private MergedReader newReaderAfter(long position) {
        return new MergedReader(reading, topics.values(), head.epoch(), position, settings.batchSize());
    }

    /** Only what is missing: what follows is at the broker. */
    private static int mostToFillHole(MergedReader reader, int limit) {
        var held = reader.earliestHeld();
        return held.isEmpty() ? limit : (int) Math.min(limit, held.getAsLong() - reader.position() - 1);
    }

    private List<PositionedEvent> readFromDatabase(long position, int limit) {
        var events = database.readAfter(position, limit);
        fromDatabase.add(events.size());
        return events;
    }

    private void wakeFollower() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    private void followUntilClosed() {
        var longest = settings.pollInterval().toMillis();
        var pause = SHORTEST_WAIT_MILLIS;
        try {
            while (!closed) {
                try {
                    if (followNextEvents()) {
                        pause = SHORTEST_WAIT_MILLIS;
                        continue;
                    }
                } catch (RuntimeException failure) {
                    if (!closed) {
                        log.warn("following interrupted, trying again: {}", failure.toString());
                    }
                }
                // What the database has and the broker does not is on its way: look for it soon, then less often.
                var onItsWay = database.head().position() > head.position();
                if (wake.tryAcquire(onItsWay ? Math.min(pause, longest) : longest, TimeUnit.MILLISECONDS)) {
                    pause = SHORTEST_WAIT_MILLIS;
                } else if (onItsWay) {
                    pause = Math.min(longest, 2 * pause);
                }
                wake.drainPermits();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Brings the head on; true if it moved. */
    private boolean followNextEvents() {
        following.lock();
        try {
            startNewLifeIfDatabaseDid();
            var delivered = readDeliveredEvents();
            fromBroker.add(delivered.size());
            append(delivered);
            var missing = readLateEvents();
            append(missing);
            return !delivered.isEmpty() || !missing.isEmpty();
        } finally {
            following.unlock();
        }
    }

    private List<PositionedEvent> readDeliveredEvents() {
        try {
            var reader = followed;
            if (reader == null || !reader.isUsable()) {
                reader = newReaderAfter(head.position());
                followed = reader;
            }
            reader.skipTo(head.position());
            return reader.readNext(settings.batchSize());
        } catch (BrokerUnavailableException away) {
            followed = null;
            return List.of();
        }
    }

    private List<PositionedEvent> readLateEvents() {
        var newest = database.head().position();
        var overdue = late.noteHead(newest);
        var end = head.position();
        // Without a broker nothing is worth waiting for.
        var wanted = followed == null ? newest : overdue;
        if (wanted <= end) {
            return List.of();
        }
        var most = (int) Math.min(settings.batchSize(), wanted - end);
        var missing = readFromDatabase(end, followed == null ? most : mostToFillHole(followed, most));
        if (followed != null && !missing.isEmpty()) {
            log.debug("{} events after position {} were late, read from the database", missing.size(), end);
        }
        return missing;
    }

    private void startNewLifeIfDatabaseDid() {
        var found = database.head();
        if (found.epoch().equals(head.epoch())) {
            return;
        }
        followed = null;
        late = new LateEvents(clock, patience.late(), found.position());
        synchronized (behind) {
            behind.clear();
        }
        tail.clear();
        head = found;
        wakeUps.wakeAll();
    }

    private void append(List<PositionedEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        tail.append(events);
        head = new LogHead(head.epoch(), events.getLast().position());
        wakeUps.wakeAll();
    }

    @Override
    public Map<String, TopicEnd> endOfEachTopic() {
        publishing.lock();
        try {
            return Map.copyOf(lookForEnds().ofTopics());
        } finally {
            publishing.unlock();
        }
    }

    private Ends lookForEnds() {
        ends = null;
        var found = new Ends(database.head().epoch(), new HashMap<>());
        for (var topic : topics.values()) {
            topic.findEnd(writing, found.epoch(), settings.batchSize())
                    .ifPresent(end -> found.ofTopics().put(topic.name(), end));
        }
        ends = found;
        return found;
    }

    @Override
    public void publish(List<PositionedEvent> events) {
        publishing.lock();
        try {
            var known = ends;
            var current = known != null && known.epoch().equals(database.head().epoch()) ? known : lookForEnds();
            PublishableEventLog.refuseHoleAfter(current.newestPosition(), events);
            sendWhatIsMissing(events, current);
        } catch (BrokerUnavailableException away) {
            ends = null;
            throw away;
        } finally {
            publishing.unlock();
        }
        // Whoever reads at this node has the events as soon as they are known to be there.
        while (followNextEvents()) {
        }
    }

    private void sendWhatIsMissing(List<PositionedEvent> events, Ends known) {
        var missing = new LinkedHashMap<IggyTopic, List<PositionedEvent>>();
        for (var event : events) {
            var topic = topics.get(event.topic());
            if (topic == null) {
                throw new IllegalArgumentException("no topic on the server is set for " + event.topic());
            }
            if (!known.holds(event)) {
                missing.computeIfAbsent(topic, _ -> new ArrayList<>()).add(event);
            }
        }
        missing.forEach((topic, itsEvents) -> {
            sendInOrder(topic, itsEvents, known.epoch());
            var last = itsEvents.getLast();
            known.ofTopics().put(topic.name(), new TopicEnd(last.position(), last.event().eventId()));
        });
    }

    private void sendInOrder(IggyTopic topic, List<PositionedEvent> events, String epoch) {
        var rest = events.stream().map(event -> messages.write(event, epoch)).toList();
        while (!rest.isEmpty()) {
            var size = IggyTopic.sizeOfRequest(rest, settings.batchSize());
            topic.send(writing, rest.subList(0, size));
            rest = rest.subList(size, rest.size());
        }
    }

    @Override
    public BrokerState state() {
        var detail = reading.isConnected() ? writing.trouble() : reading.trouble();
        var connected = reading.isConnected() && writing.isConnected();
        return new BrokerState(
                connected,
                settings.address() + ": " + (connected ? "connected" : detail),
                fromBroker.sum(),
                fromDatabase.sum());
    }

    @Override
    public void close() {
        closed = true;
        databaseGrows.close();
        wakeFollower();
        reading.close();
        writing.close();
    }
}
