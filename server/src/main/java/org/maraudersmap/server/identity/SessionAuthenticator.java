package org.maraudersmap.server.identity;

import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.ActorAuthenticator;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.stereotype.Component;

/** The actor behind an access token. On the way of every request: two look-ups in maps when it was seen just before. */
@Component
final class SessionAuthenticator implements ActorAuthenticator {
    private final TokenService tokens;
    private final LiveSessions liveSessions;

    SessionAuthenticator(TokenService tokens, LiveSessions liveSessions) {
        this.tokens = tokens;
        this.liveSessions = liveSessions;
    }

    @Override
    public Actor authenticateActorWithToken(String accessToken) {
        var token = tokens.verifyTokenForAccess(accessToken);
        return liveSessions.findLiveSessionOfId(token.sessionId())
                .map(SessionRepository.LiveSession::user)
                .filter(user -> user.id().equals(token.userId()))
                .map(user -> new Actor(user.toSnapshot(), user.role(), token.sessionId(), token.expiresAt()))
                .orElseThrow(() -> Problem.of(ProblemCode.UNAUTHENTICATED, "The session has ended; log in again."));
    }
}
