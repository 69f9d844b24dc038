package org.maraudersmap.eventlog;

import java.util.UUID;

/**
 * A user as he was when an event happened, so that a replay looks nobody up. {@code id} and {@code userId} are the same
 * value: clients of both specifications read one of them.
 */
public record UserSnapshot(
        UUID id,
        UUID userId,
        String email,
        String handle,
        String name,
        String firstName,
        String lastName,
        String role) {

    /** The snapshot of a user; {@code name} is "First Last". */
    public static UserSnapshot of(
            UUID id, String email, String handle, String firstName, String lastName, String role) {
        return new UserSnapshot(id, id, email, handle, firstName + " " + lastName, firstName, lastName, role);
    }
}
