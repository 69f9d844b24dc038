package org.maraudersmap.server.backbone;

import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventEnvelopeFactory;
import org.maraudersmap.eventlog.EventRecorder;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.SerializedEvent;
import org.maraudersmap.server.platform.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Leaves events in the outbox, in the same commit as the state that they describe. Whoever records events of one key
 * must hold the row that the key stands for: then the outbox has them in the order in which they were committed.
 */
@Component
public class OutboxEventRecorder implements EventRecorder {
    private static final Logger log = LoggerFactory.getLogger(OutboxEventRecorder.class);
    private static final String INSERT_INTO = "insert into outbox (event_id, topic, key, event_type, envelope) ";
    private static final String INSERT = INSERT_INTO + "values (?, ?, ?, ?, ?::json)";
    private static final String INSERT_IF_STATE_CHANGED = INSERT_INTO + "select ?::uuid, ?, ?, ?, ?::json from state";
    private static final String INSERT_WHERE_STATE_CHANGED = INSERT_INTO + """
            select event_id, topic, key, event_type, envelope::json \
            from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[]) \
                as event (event_id, topic, key, event_type, envelope) join state using (key)""";

    private final JdbcTemplate jdbc;
    private final EventEnvelopeFactory envelopes;
    private final Bell bell;

    OutboxEventRecorder(DataSource source, EventEnvelopeFactory envelopes, Bell bell) {
        this.jdbc = new JdbcTemplate(source);
        this.envelopes = envelopes;
        this.bell = bell;
    }

    @Override
    public void record(List<NewEvent> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "events are recorded in the transaction of what they describe; there is none");
        }
        jdbc.batchUpdate(INSERT, events.stream().map(event -> prepareEventForOutbox(event).toRow()).toList());
        ringAfterCommit();
    }

    /**
     * Runs a statement that changes one row and records the event of that change, as one SQL statement: one round trip
     * and one commit, in the caller's transaction if there is one. For the busiest commands.
     *
     * @param statement
     *            an INSERT, UPDATE or DELETE, without {@code returning}
     * @param parameters
     *            those of the statement, in its order
     * @throws IncorrectResultSizeDataAccessException
     *             if it does not change exactly one row; an event of what has not happened is never recorded
     */
    public void recordEventWithStatement(NewEvent event, String statement, @Nullable Object... parameters) {
        var recorded = jdbc.update(
                "with state as (" + statement + " returning 1) " + INSERT_IF_STATE_CHANGED,
                join(parameters, prepareEventForOutbox(event).toRow()));
        if (recorded != 1) {
            throw new IncorrectResultSizeDataAccessException(
                    "a statement that is recorded as " + event.type() + " must change one row: " + statement, 1,
                    recorded);
        }
        ringAfterCommit();
    }

    /** An event in the trace of this thread, for {@link #recordEventsWithStatement}. */
    public PreparedEvent prepareEventForOutbox(NewEvent event) {
        var envelope = envelopes.serialize(event);
        if (log.isDebugEnabled()) {
            tellOfRecording(event, envelope);
        }
        return new PreparedEvent(event, envelope);
    }

    /**
     * The same for several rows: one event for each, no two of one key, as one SQL statement.
     *
     * @param statement
     *            an INSERT, UPDATE or DELETE that returns, as {@code key}, the keys of the events of its rows
     * @param parameters
     *            those of the statement, in its order
     * @throws IncorrectResultSizeDataAccessException
     *             if it has not changed the row of every event; an event of what has not happened is never recorded
     */
    public void recordEventsWithStatement(
            List<PreparedEvent> events, String statement, @Nullable Object... parameters) {
        var recorded = jdbc.update(
                "with state as (" + statement + ") " + INSERT_WHERE_STATE_CHANGED,
                join(parameters, PreparedEvent.toColumns(events)));
        if (recorded != events.size()) {
            throw new IncorrectResultSizeDataAccessException(
                    "a statement that is recorded by " + events.size() + " events must change their rows: "
                            + statement,
                    events.size(),
                    recorded);
        }
        ringAfterCommit();
    }

    private static @Nullable Object[] join(@Nullable Object[] ofState, Object[] ofEvents) {
        var all = Arrays.copyOf(ofState, ofState.length + ofEvents.length);
        System.arraycopy(ofEvents, 0, all, ofState.length, ofEvents.length);
        return all;
    }

    private static void tellOfRecording(NewEvent event, SerializedEvent envelope) {
        var trace = event.traceId() == null ? Trace.current().orElse(null) : event.traceId();
        try (var _ = Trace.enter(trace)) {
            log.debug("recording {} {} for {} {}", event.type(), envelope.eventId(), event.topic(), event.key());
        }
    }

    private void ringAfterCommit() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    bell.ring();
                }
            });
        } else {
            bell.ring();
        }
    }
}
