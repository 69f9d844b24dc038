package org.maraudersmap.server.backbone;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.iggy.IggyEventLogFactory;
import org.maraudersmap.eventlog.iggy.IggySettings;
import org.maraudersmap.server.platform.database.DedicatedConnections;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log at a broker and the relay that feeds it, where {@code EVENT_LOG} says so. */
@Configuration(proxyBeanMethods = false)
@Conditional(BrokerConfiguration.IggyIsChosen.class)
class BrokerConfiguration {

    /** Asked before there are {@link Settings}. */
    static final class IggyIsChosen implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var chosen = context.getEnvironment().getProperty(Setting.EVENT_LOG.name(), "");
            return chosen.strip().equalsIgnoreCase("iggy");
        }
    }

    @Bean(destroyMethod = "close")
    BrokerEventLog brokerEventLog(Settings settings, PostgresEventLog database, EventJson json, Clock clock) {
        var server = new IggySettings(
                settings.text(Setting.IGGY_HOST),
                settings.number(Setting.IGGY_PORT),
                settings.text(Setting.IGGY_USERNAME),
                settings.text(Setting.IGGY_PASSWORD),
                settings.text(Setting.IGGY_STREAM_NAME),
                topicsByDefaultName(settings),
                settings.number(Setting.IGGY_BATCH_SIZE),
                settings.duration(Setting.IGGY_POLL_INTERVAL_MS));
        return IggyEventLogFactory.open(server, database, json, clock);
    }

    /** In events a topic has its default name, whatever it is called on the server. */
    private static Map<String, String> topicsByDefaultName(Settings settings) {
        return Map.of(
                Setting.IGGY_INCIDENT_TOPIC.defaultText(), settings.text(Setting.IGGY_INCIDENT_TOPIC),
                Setting.IGGY_PRESENCE_TOPIC.defaultText(), settings.text(Setting.IGGY_PRESENCE_TOPIC),
                Setting.IGGY_AUTH_TOPIC.defaultText(), settings.text(Setting.IGGY_AUTH_TOPIC),
                Setting.IGGY_NOTIFICATION_TOPIC.defaultText(), settings.text(Setting.IGGY_NOTIFICATION_TOPIC));
    }

    @Bean
    Relay relay(PostgresEventLog database, BrokerEventLog broker, Clock clock, Settings settings) {
        return new Relay(database, broker, clock, settings.number(Setting.IGGY_BATCH_SIZE));
    }

    @Bean
    RelayDriver relayDriver(Relay relay, PostgresEventLog database, DedicatedConnections connections,
            WorkLoops loops, Settings settings) {
        return new RelayDriver(relay, database, connections, loops, settings.duration(Setting.IGGY_POLL_INTERVAL_MS));
    }

    @Bean
    BrokerDependency brokerDependency(
            BrokerEventLog broker, PostgresEventLog database, JdbcClient jdbc, Clock clock) {
        return new BrokerDependency(broker, database, jdbc, clock);
    }

    @Bean
    RelayMetrics relayMetrics(
            MeterRegistry meters, Relay relay, RelayDriver driver, BrokerEventLog broker, PostgresEventLog database) {
        return new RelayMetrics(meters, relay, driver, broker, database);
    }
}
