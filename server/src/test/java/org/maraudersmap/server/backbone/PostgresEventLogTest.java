package org.maraudersmap.server.backbone;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.contract.EventLogContract;

class PostgresEventLogTest extends EventLogContract {
    private final Backbone backbone = new Backbone();

    @Override
    protected EventLog openLog() {
        return backbone.log;
    }

    /** One step of the sequencer at a time: there is one in the cluster. */
    @Override
    protected void appendEvents(List<NewEvent> events) {
        backbone.recordInTransaction(events.toArray(NewEvent[]::new));
        synchronized (backbone) {
            backbone.sequenceEverything();
        }
    }

    @AfterEach
    void closeDatabase() {
        backbone.close();
    }
}
