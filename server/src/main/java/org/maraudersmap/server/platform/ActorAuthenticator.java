package org.maraudersmap.server.platform;

/** Tells whom an access token belongs to. REST and sockets ask the same one. */
public interface ActorAuthenticator {

    /**
     * The actor behind an access token, with the session and the role in force now (at most a second old). May ask the
     * database: never call it on an event loop.
     *
     * @throws org.maraudersmap.server.platform.problem.Problem
     *             {@code TOKEN_EXPIRED}, or {@code UNAUTHENTICATED} for
     *             every other token that is not good: forged, of another kind, of a session that has ended
     */
    Actor authenticateActorWithToken(String accessToken);
}
