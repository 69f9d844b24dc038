package org.maraudersmap.server.identity;

import org.maraudersmap.server.platform.database.DataDirectory;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

    @Bean
    JwtSecret jwtSecret(Settings settings, DataDirectory directory) {
        return JwtSecret.of(settings, directory);
    }

    @Bean
    PasswordHasher.Cost costOfPasswordHash() {
        return PasswordHasher.Cost.RECOMMENDED;
    }
}
