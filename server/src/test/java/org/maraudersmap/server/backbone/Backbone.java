package org.maraudersmap.server.backbone;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maraudersmap.eventlog.EventEnvelopeFactory;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.support.TestDatabase;
import org.springframework.mock.env.MockEnvironment;

/** The parts of the backbone on a database of their own, stepped by the test instead of driven. */
final class Backbone implements AutoCloseable {
    final TestDatabase database = new TestDatabase();
    final EventJson json = new EventJson();
    final Bell bell = new Bell();
    final PostgresEventLog log = new PostgresEventLog(database.jdbc(), json);
    final Sequencer sequencer;
    final OutboxEventRecorder recorder = new OutboxEventRecorder(
            database.source(),
            new EventEnvelopeFactory(json, Clock.systemUTC(), Optional::empty),
            bell);

    Backbone() {
        this(100);
    }

    Backbone(int batchSize) {
        var environment = new MockEnvironment().withProperty("IGGY_BATCH_SIZE", String.valueOf(batchSize));
        this.sequencer = new Sequencer(json, new Settings(environment));
    }

    static NewEvent event(String key, int number) {
        return event("incident-events", key, number);
    }

    static NewEvent event(String topic, String key, int number) {
        return new NewEvent(topic, key, "test.happened", null, Map.of("number", number));
    }

    static int numberOf(PositionedEvent event) {
        return event.event().data().path("number").asInt();
    }

    void recordInTransaction(NewEvent... events) {
        database.transaction().executeWithoutResult(_ -> recorder.record(List.of(events)));
    }

    /** Sequences until the outbox shows nothing more. */
    List<PositionedEvent> sequenceEverything() {
        try (var connection = database.source().getConnection()) {
            return sequenceEverything(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    List<PositionedEvent> sequenceEverything(Connection connection) throws SQLException {
        var all = new ArrayList<PositionedEvent>();
        for (var batch = sequencer.moveNextBatchToLog(connection); !batch.isEmpty(); batch = sequencer
                .moveNextBatchToLog(connection)) {
            log.acceptEventsFromSequencer(batch);
            all.addAll(batch);
        }
        return all;
    }

    @Override
    public void close() {
        database.close();
    }
}
