package org.maraudersmap.server.backbone;

import java.time.Clock;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.EventEnvelopeFactory;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.server.platform.Trace;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BackboneConfiguration {

    @Bean
    EventEnvelopeFactory eventEnvelopeFactory(EventJson json, Clock clock) {
        return new EventEnvelopeFactory(json, clock, Trace::current);
    }

    /** A commit has left events in the outbox of this node. */
    @Bean
    Bell sequencerBell() {
        return new Bell();
    }

    @Bean
    ConsumedLog consumedLog(PostgresEventLog database, ObjectProvider<BrokerEventLog> broker) {
        var chosen = broker.getIfAvailable();
        return new ConsumedLog(chosen == null ? database : chosen);
    }
}
