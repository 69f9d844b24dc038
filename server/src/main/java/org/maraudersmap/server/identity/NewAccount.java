package org.maraudersmap.server.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.Role;

/** A user to be made; his id and handle come from the database. */
record NewAccount(
        String email,
        String firstName,
        String lastName,
        Role role,
        @Nullable House house,
        String passwordHash,
        boolean isDemo,
        Instant createdAt) {

    /** Without the hash: it must not come into a log by accident. */
    @Override
    public String toString() {
        return "NewAccount[" + email + "]";
    }
}
