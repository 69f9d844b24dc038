package org.maraudersmap.server.backbone;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.EventRecorder;
import org.maraudersmap.eventlog.contract.EventRecorderContract;

class OutboxEventRecorderTest extends EventRecorderContract {
    private final Backbone backbone = new Backbone();

    @Override
    protected EventRecorder recorder() {
        return backbone.recorder;
    }

    @Override
    protected void runInTransaction(Runnable work) {
        backbone.database.transaction().executeWithoutResult(_ -> work.run());
    }

    @Override
    protected List<EventEnvelope> recordedEvents(String topic, String key) {
        return backbone.database.jdbc()
                .sql("select envelope from outbox where topic = ? and key = ? order by id")
                .param(topic)
                .param(key)
                .query((row, _) -> backbone.json.read(row.getString("envelope")))
                .list();
    }

    @AfterEach
    void closeDatabase() {
        backbone.close();
    }
}
