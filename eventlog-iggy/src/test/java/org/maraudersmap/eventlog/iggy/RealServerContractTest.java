package org.maraudersmap.eventlog.iggy;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.maraudersmap.eventlog.InMemoryEventLog;
import org.maraudersmap.eventlog.PublishableEventLog;
import org.maraudersmap.eventlog.contract.PublishableEventLogContract;

/** The contract on a server of one's own, such as {@code IGGY_ADDRESS=localhost:8090}; it leaves streams behind. */
@EnabledIfEnvironmentVariable(named = "IGGY_ADDRESS", matches = ".+")
class RealServerContractTest extends PublishableEventLogContract {
    private final OpenedLogs logs = openedLogs();

    static OpenedLogs openedLogs() {
        var address = URI.create("tcp://" + System.getenv("IGGY_ADDRESS"));
        return new OpenedLogs(address.getHost(), address.getPort());
    }

    @Override
    protected PublishableEventLog openEmptyLog() {
        return logs.openConnected(OpenedLogs.newStream(), new InMemoryEventLog(), IggyPatience.ofProduction());
    }

    @AfterEach
    void closeLogs() {
        logs.close();
    }
}
