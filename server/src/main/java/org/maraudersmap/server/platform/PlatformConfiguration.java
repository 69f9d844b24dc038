package org.maraudersmap.server.platform;

import java.time.Clock;
import java.time.Duration;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {

    /** Whole milliseconds: what is answered, stored and recorded is then the same instant. */
    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
    }

    @Bean
    Settings settings(Environment environment) {
        return new Settings(environment);
    }

    @Bean
    EventJson eventJson() {
        return new EventJson();
    }

    @Bean
    JsonMapperBuilderCustomizer timestampsWithMilliseconds() {
        return builder -> builder.addModule(EventJson.timestamps());
    }
}
