package org.maraudersmap.server.backbone;

import java.time.Clock;
import java.util.Optional;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.EventEnvelopeFactory;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.EventLog;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BackboneConfiguration {
    /** Names the log that consumers read; everybody else reads the one in PostgreSQL, which is never behind. */
    static final String CONSUMED_LOG = "consumedEventLog";

    @Bean
    EventEnvelopeFactory eventEnvelopeFactory(EventJson json, Clock clock) {
        return new EventEnvelopeFactory(json, clock, () -> Optional.ofNullable(MDC.get("traceId")));
    }

    /** Whoever owns the log closes it. */
    @Bean(name = CONSUMED_LOG, destroyMethod = "")
    EventLog consumedEventLog(PostgresEventLog database, ObjectProvider<BrokerEventLog> broker) {
        var chosen = broker.getIfAvailable();
        return chosen == null ? database : chosen;
    }
}
