package org.maraudersmap.eventlog.iggy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.maraudersmap.eventlog.InMemoryEventLog;
import org.maraudersmap.eventlog.PublishableEventLog;
import org.maraudersmap.eventlog.contract.PublishableEventLogContract;

/** What is read here comes from the server alone: the database is empty. */
class IggyEventLogContractTest extends PublishableEventLogContract {
    private static final IggyStandIn server = new IggyStandIn();
    private final OpenedLogs logs = new OpenedLogs("localhost", server.port());

    @Override
    protected PublishableEventLog openEmptyLog() {
        return logs.openConnected(OpenedLogs.newStream(), new InMemoryEventLog(), IggyPatience.ofProduction());
    }

    @AfterEach
    void closeLogs() {
        logs.close();
    }

    @AfterAll
    static void closeServer() {
        server.close();
    }
}
