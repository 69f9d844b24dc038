package org.maraudersmap.server.backbone;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.contract.EventLogContract;

class PostgresEventLogContractTest extends EventLogContract {
    private static final Backbone backbone = new Backbone();

    @Override
    protected EventLog openLog() {
        return backbone.log;
    }

    @Override
    protected synchronized void appendEvents(List<NewEvent> events) {
        backbone.recordInTransaction(events.toArray(NewEvent[]::new));
        backbone.sequenceEverything();
    }

    @AfterAll
    static void close() {
        backbone.close();
    }
}
