package org.maraudersmap.server.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Role;

/** A user as REST shows him. */
record User(
        UUID id,
        String email,
        String handle,
        String firstName,
        String lastName,
        String name,
        Role role,
        @Nullable House house,
        Instant createdAt) {

    UserSnapshot toSnapshot() {
        return UserSnapshot.of(id, email, handle, firstName, lastName, role.name());
    }

    User withRole(Role other) {
        return new User(id, email, handle, firstName, lastName, name, other, house, createdAt);
    }
}
