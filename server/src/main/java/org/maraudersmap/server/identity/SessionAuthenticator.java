package org.maraudersmap.server.identity;

import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.ActorAuthenticator;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.stereotype.Component;

/**
 * The actor behind an access token. On the way of every request: three look-ups in maps when it was seen just before.
 */
@Component
final class SessionAuthenticator implements ActorAuthenticator {
    private final TokenService tokens;
    private final LiveSessions liveSessions;
    private final AccessTokenUses uses;

    SessionAuthenticator(TokenService tokens, LiveSessions liveSessions, AccessTokenUses uses) {
        this.tokens = tokens;
        this.liveSessions = liveSessions;
        this.uses = uses;
    }

    @Override
    public Actor authenticateActorWithToken(String accessToken) {
        var token = tokens.verifyTokenForAccess(accessToken);
        return liveSessions.findLiveSessionOfId(token.sessionId())
                .filter(session -> session.user().id().equals(token.userId()))
                .filter(session -> !session.withdrawnTokens().contains(token.id()))
                .filter(_ -> uses.noteUseOfYoungToken(token))
                .map(session -> new Actor(session.user(), session.role(), token.sessionId(), token.expiresAt()))
                .orElseThrow(() -> Problem.of(ProblemCode.UNAUTHENTICATED, "The session has ended; log in again."));
    }
}
