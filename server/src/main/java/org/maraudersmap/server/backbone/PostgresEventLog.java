package org.maraudersmap.server.backbone;

import java.util.ArrayList;
import java.util.List;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.EventsGoneException;
import org.maraudersmap.eventlog.LogHead;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.WakeUps;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The log in PostgreSQL. Its newest events are kept in memory as well, so that consumers who keep up read nothing from
 * the database.
 */
@Component
@DependsOnDatabaseInitialization
class PostgresEventLog implements EventLog {
    private static final int TAIL_SIZE = 1_024;

    private final JdbcClient jdbc;
    private final EventJson json;
    private final WakeUps wakeUps = new WakeUps();
    /** Guarded by itself: events without a hole between them, the newest last. */
    private final ArrayList<PositionedEvent> tail = new ArrayList<>(2 * TAIL_SIZE);
    private volatile LogHead head;

    PostgresEventLog(JdbcClient jdbc, EventJson json) {
        this.jdbc = jdbc;
        this.json = json;
        this.head = readHeadFromDatabase();
    }

    @Override
    public LogHead head() {
        return head;
    }

    @Override
    public LogHead askForHead() {
        refreshHeadFromDatabase();
        return head;
    }

    @Override
    public List<PositionedEvent> readAfter(long position, int limit) {
        if (position >= head.position()) {
            return List.of();
        }
        var recent = readFromTail(position, limit);
        var events = recent.isEmpty() ? readFromDatabase(position, limit) : recent;
        if (!events.isEmpty() && events.getLast().position() > head.position()) {
            // It was written a moment ago: what one has read must not be news to the next who asks for the head.
            advanceHeadToPosition(events.getLast().position());
        }
        return events;
    }

    @Override
    public Subscription onAppend(Runnable wakeUp) {
        return wakeUps.add(wakeUp);
    }

    /** Takes over what this node's sequencer has just written. */
    void acceptEventsFromSequencer(List<PositionedEvent> events) {
        synchronized (tail) {
            if (!tail.isEmpty() && tail.getLast().position() + 1 != events.getFirst().position()) {
                tail.clear();
            }
            tail.addAll(events);
            if (tail.size() > 2 * TAIL_SIZE) {
                tail.subList(0, tail.size() - TAIL_SIZE).clear();
            }
        }
        advanceHeadToPosition(events.getLast().position());
    }

    /** Notes that the log has come this far, and wakes those who read it. */
    void advanceHeadToPosition(long position) {
        synchronized (this) {
            if (position <= head.position()) {
                return;
            }
            head = new LogHead(head.epoch(), position);
        }
        wakeUps.wakeAll();
    }

    /** Asks the database how far the log has come: another node may have written, and its signal may be lost. */
    void refreshHeadFromDatabase() {
        var found = readHeadFromDatabase();
        if (found.epoch().equals(head.epoch())) {
            advanceHeadToPosition(found.position());
        } else {
            startNewLifeOfLog(found);
        }
    }

    private void startNewLifeOfLog(LogHead found) {
        synchronized (tail) {
            tail.clear();
        }
        synchronized (this) {
            head = found;
        }
        wakeUps.wakeAll();
    }

    private LogHead readHeadFromDatabase() {
        return jdbc.sql("select epoch, position from event_log_head")
                .query((row, _) -> new LogHead(row.getString("epoch"), row.getLong("position")))
                .single();
    }

    private List<PositionedEvent> readFromTail(long position, int limit) {
        synchronized (tail) {
            if (tail.isEmpty() || position + 1 < tail.getFirst().position()) {
                return List.of();
            }
            var from = (int) Math.min(tail.size(), position + 1 - tail.getFirst().position());
            var to = (int) Math.min(tail.size(), (long) from + limit);
            return List.copyOf(tail.subList(from, to));
        }
    }

    private List<PositionedEvent> readFromDatabase(long position, int limit) {
        var events = jdbc.sql(
                "select position, topic, key, envelope from event_log where position > ? order by position limit ?")
                .param(position)
                .param(limit)
                .query((row, _) -> PositionedEvent.of(
                        row.getLong("position"),
                        row.getString("topic"),
                        row.getString("key"),
                        row.getString("envelope"),
                        json))
                .list();
        refuseHoleAtStart(position, events);
        return events;
    }

    /** Positions have no gaps; where the next one is missing, it has been removed. */
    private void refuseHoleAtStart(long position, List<PositionedEvent> events) {
        var next = events.isEmpty() ? head.position() + 1 : events.getFirst().position();
        if (next != position + 1) {
            throw new EventsGoneException(position, next);
        }
    }
}
