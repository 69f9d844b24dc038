package org.maraudersmap.server.incidents;

import java.time.Instant;
import java.util.UUID;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;

/** Actors for tests of the rules. */
final class People {

    private People() {}

    static Actor with(Role role) {
        return with(role, UUID.randomUUID());
    }

    static Actor with(Role role, UUID id) {
        var user = UserSnapshot.of(id, "hermione@hogwarts.edu", "hermione", "Hermione", "Granger", role.name());
        return new Actor(user, role, UUID.randomUUID(), Instant.MAX);
    }
}
