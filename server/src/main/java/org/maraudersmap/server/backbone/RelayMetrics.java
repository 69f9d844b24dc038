package org.maraudersmap.server.backbone;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.EventLog;

/**
 * What there is to count about the broker and the relay. Lag is told by the node that forwards, or tries to, 0 by the
 * others.
 */
final class RelayMetrics {

    RelayMetrics(MeterRegistry meters, Relay relay, RelayDriver driver, BrokerEventLog broker, EventLog database) {
        Gauge.builder("broker.connected", broker, log -> log.state().connected() ? 1 : 0).register(meters);
        Gauge.builder("relay.active", driver, running -> running.isForwardingOnThisNode() ? 1 : 0).register(meters);
        Gauge.builder("relay.position", relay, Relay::positionAtBroker).register(meters);
        Gauge.builder(
                "relay.lag.events",
                () -> driver.isForwardingOnThisNode()
                        ? Math.max(0, database.head().position() - relay.positionAtBroker())
                        : 0)
                .register(meters);
        FunctionCounter.builder("relay.events", relay, Relay::countOfForwardedEvents).register(meters);
        FunctionCounter.builder("relay.rewinds", relay, Relay::countOfRewindsOfTopics).register(meters);
        FunctionCounter.builder("log.events.read", broker, log -> log.state().eventsFromBroker())
                .tag("from", "broker")
                .register(meters);
        FunctionCounter.builder("log.events.read", broker, log -> log.state().eventsFromDatabase())
                .tag("from", "database")
                .register(meters);
    }
}
