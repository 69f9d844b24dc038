package org.maraudersmap.server.identity;

import java.util.UUID;
import org.maraudersmap.server.platform.ClientAddress;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code login_networks}: the places from which users have logged in. */
@Repository
class LoginNetworks {
    private static final int MOST_OF_USER = 20;

    private final JdbcClient jdbc;

    LoginNetworks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the user with this mail has logged in from there; takes as long where there is no such user. */
    boolean hasUserLoggedInFrom(String email, ClientAddress address) {
        return jdbc.sql("""
                select exists (
                    select from users u join login_networks n on n.user_id = u.id
                    where lower(u.email) = ? and n.network = ?)""")
                .param(UserRepository.lowerCaseOfEmailAddress(email))
                .param(address.network())
                .query((row, _) -> row.getBoolean(1))
                .single();
    }

    /** Remembers a login, and forgets the places where the user has not been for longest. */
    void rememberLoginOfUser(UUID userId, ClientAddress address) {
        jdbc.sql("""
                insert into login_networks (user_id, network) values (?, ?)
                on conflict (user_id, network) do update set last_login = now()""")
                .param(userId)
                .param(address.network())
                .update();
        jdbc.sql("""
                delete from login_networks where user_id = ? and network in (
                    select network from login_networks where user_id = ? order by last_login desc offset ?)""")
                .param(userId)
                .param(userId)
                .param(MOST_OF_USER)
                .update();
    }
}
