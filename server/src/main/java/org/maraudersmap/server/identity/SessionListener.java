package org.maraudersmap.server.identity;

import java.util.UUID;
import org.maraudersmap.server.platform.Role;

/**
 * Hears what happens to sessions, for whoever holds something open in their name. A bean of this type is called on
 * every
 * node: on the one where it happens after the commit and before the answer; on the others within a second, unless
 * the signal between them is lost (so who needs to be sure asks again now and then, with
 * {@link org.maraudersmap.server.platform.ActorAuthenticator}). Must not block for long.
 */
public interface SessionListener {

    /** A session has ended: a logout, or a stolen token. */
    void onSessionEnded(UUID userId, UUID sessionId);

    /** All sessions of a user but one have ended: he has changed his password. */
    void onOtherSessionsEnded(UUID userId, UUID keptSessionId);

    /** Another role of a user is in force. */
    void onRoleChanged(UUID userId, Role role);
}
