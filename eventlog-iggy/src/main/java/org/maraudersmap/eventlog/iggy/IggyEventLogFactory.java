package org.maraudersmap.eventlog.iggy;

import java.time.Clock;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.EventLog;

/** Opens event logs on Apache Iggy. */
public final class IggyEventLogFactory {

    private IggyEventLogFactory() {}

    /**
     * A log on the server that the settings name. Returns at once, whether the server is there or not: it is connected
     * to in the background, as often as need be.
     *
     * @param database
     *            the log that feeds the broker: it says which epoch this is and how far the log has come, and gives
     *            what
     *            the broker does not
     */
    public static BrokerEventLog open(IggySettings settings, EventLog database, EventJson json, Clock clock) {
        return open(settings, IggyPatience.ofProduction(), database, json, clock);
    }

    static BrokerEventLog open(
            IggySettings settings, IggyPatience patience, EventLog database, EventJson json, Clock clock) {
        var log = new IggyEventLog(settings, patience, database, json, clock);
        log.start();
        return log;
    }
}
