package org.maraudersmap.server.platform;

import java.time.Instant;
import java.util.UUID;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;

/**
 * Who does something: a user, in the role that is in force now, in one of his sessions. A controller that declares a
 * parameter of this type is reached by nobody else.
 *
 * @param sessionId
 *            what a logout ends
 * @param expiresAt
 *            when the access token ends
 */
public record Actor(UserSnapshot user, Role role, UUID sessionId, Instant expiresAt) {

    /** The user's id. */
    public UUID userId() {
        return user.id();
    }

    /**
     * Refuses whoever has a lower role.
     *
     * @throws Problem
     *             {@code FORBIDDEN}
     */
    public void requireRole(Role least, String refusal) {
        if (!role.isAtLeast(least)) {
            throw Problem.of(ProblemCode.FORBIDDEN, refusal);
        }
    }
}
