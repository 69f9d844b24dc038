package org.maraudersmap.server.backbone;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.platform.Trace;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Moves committed events from the outbox into the log and gives each its position. One in the cluster: it holds an
 * advisory lock of the very connection that it writes with, so whoever loses the lock cannot write. One that falls
 * silent, because it is frozen or its network is, loses lock and connection to whoever waits for them.
 *
 * <p>
 * It takes whatever the outbox shows, oldest first, and never remembers how far it has read: an event whose
 * transaction commits late is moved late, and skipped never. Within a key the outbox is in commit order, because
 * whoever
 * records events of a key holds the row that it stands for.
 */
@Component
final class Sequencer {
    private static final Logger log = LoggerFactory.getLogger(Sequencer.class);
    private static final ClusterLock LOCK = new ClusterLock(0x0077_6c70_6f73_7431L);
    /** One statement, one commit: there is no moment in which an event is in both places, or in none. */
    private static final String MOVE = """
            with moved as (
                delete from outbox where id in (select id from outbox order by id limit ?)
                returning id, event_id, topic, key, event_type, envelope
            ), size as (
                select count(*) as events from moved
            ), head as (
                update event_log_head set position = position + size.events from size where size.events > 0
                returning position - size.events as previous
            )
            insert into event_log (position, event_id, topic, key, event_type, envelope)
            select previous + row_number() over (order by id), event_id, topic, key, event_type, envelope
            from moved, head
            returning position, topic, key, envelope""";

    private final EventJson json;
    private final int batchSize;

    Sequencer(EventJson json, Settings settings) {
        this.json = json;
        this.batchSize = settings.number(Setting.IGGY_BATCH_SIZE);
    }

    /** Whether this connection is now the cluster's sequencer; it stays so until it is closed or resigns. */
    boolean tryBecomeOnlySequencer(Connection connection) throws SQLException {
        return LOCK.tryTake(connection);
    }

    void resignAsOnlySequencer(Connection connection) throws SQLException {
        LOCK.giveUp(connection);
    }

    /** Ends the session of a sequencer that is silent; it can write no more, even when it wakes up. */
    boolean replaceSequencerThatIsSilent(Connection connection, Duration silence) throws SQLException {
        return LOCK.takeFromSilentHolder(connection, silence);
    }

    /** Moves one batch; empty once the outbox is. The events are durable when this returns. */
    List<PositionedEvent> moveNextBatchToLog(Connection connection) throws SQLException {
        try (var move = connection.prepareStatement(MOVE)) {
            move.setInt(1, batchSize);
            var events = new ArrayList<PositionedEvent>();
            try (var rows = move.executeQuery()) {
                while (rows.next()) {
                    events.add(
                            PositionedEvent.of(
                                    rows.getLong(1), rows.getString(2), rows.getString(3), rows.getString(4), json));
                }
            }
            events.sort((one, other) -> Long.compare(one.position(), other.position()));
            if (log.isDebugEnabled()) {
                events.forEach(Sequencer::tellOfPosition);
            }
            return events;
        }
    }

    private static void tellOfPosition(PositionedEvent event) {
        try (var _ = Trace.enter(event.event().metadata().traceId())) {
            log.debug("{} {} is at position {}", event.event().eventType(), event.event().eventId(), event.position());
        }
    }

    int mostEventsOfBatch() {
        return batchSize;
    }
}
