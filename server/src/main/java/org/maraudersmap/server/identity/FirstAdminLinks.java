package org.maraudersmap.server.identity;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code first_admin_links}. */
@Repository
class FirstAdminLinks {
    private final JdbcClient jdbc;

    FirstAdminLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insertLinkForEmailAddress(byte[] tokenHash, String email, Instant expiresAt) {
        jdbc.sql("insert into first_admin_links (token_hash, email, expires_at) values (?, ?, ?)")
                .param(tokenHash)
                .param(UserRepository.lowerCaseOfEmailAddress(email))
                .param(expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** False if there is no such link, if it has expired, or if it is for another mail. */
    boolean deleteLinkForEmailAddress(byte[] tokenHash, String email, Instant now) {
        return jdbc.sql("delete from first_admin_links where token_hash = ? and email = ? and expires_at > ?")
                .param(tokenHash)
                .param(UserRepository.lowerCaseOfEmailAddress(email))
                .param(now.atOffset(ZoneOffset.UTC))
                .update() == 1;
    }

    void deleteAllLinksForGood() {
        jdbc.sql("delete from first_admin_links").update();
    }
}
