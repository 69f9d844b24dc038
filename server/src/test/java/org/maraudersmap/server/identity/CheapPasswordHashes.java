package org.maraudersmap.server.identity;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Tests register hundreds of users, whose passwords nobody steals. */
@TestConfiguration(proxyBeanMethods = false)
public class CheapPasswordHashes {

    @Bean
    @Primary
    PasswordHasher.Cost costOfPasswordHashInTests() {
        return new PasswordHasher.Cost(64, 1);
    }
}
