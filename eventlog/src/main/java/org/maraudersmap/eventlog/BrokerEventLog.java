package org.maraudersmap.eventlog;

import java.util.List;
import java.util.Map;

/**
 * A log that a broker keeps, fed from the database by a relay. Its readers get every event in the one order, whatever
 * the broker does: what the broker has lost, or does not deliver in time, is read from the database. No call waits for
 * a broker that is away.
 */
public interface BrokerEventLog extends PublishableEventLog, AutoCloseable {

    /**
     * The newest event of each topic that the broker itself holds, asked of it now; a topic without events is absent.
     * A broker may have lost what it acknowledged, so whoever feeds it looks before he goes on.
     *
     * @throws BrokerUnavailableException
     *             if the broker does not answer
     */
    Map<String, TopicEnd> endOfEachTopic();

    /**
     * {@inheritDoc}
     *
     * <p>
     * What counts here is what the broker holds, by topic: an event that is missing there is sent, though later ones of
     * other topics are there already.
     *
     * @throws BrokerUnavailableException
     *             if the broker does not answer; it may hold some of the events then
     */
    @Override
    void publish(List<PositionedEvent> events);

    /** How this node stands with the broker. */
    BrokerState state();

    /** Ends every connection and thread of this log; idempotent. */
    @Override
    void close();
}
