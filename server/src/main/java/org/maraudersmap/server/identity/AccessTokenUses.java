package org.maraudersmap.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.maraudersmap.server.identity.TokenService.VerifiedToken;
import org.springframework.stereotype.Component;

/**
 * Notes in the database that an access token has been used: the refresh that brought it can then not be repeated, on
 * whatever node. One statement for each young token; of older ones nobody asks.
 */
@Component
class AccessTokenUses {
    /** Far longer than a refresh may be repeated, as the clocks of nodes differ. */
    private static final Duration YOUTH = Duration.ofMinutes(2);
    private static final int MOST_NOTED = 50_000;

    private final SessionRepository sessions;
    private final Clock clock;
    private final Cache<UUID, Boolean> noted = Caffeine.newBuilder()
            .expireAfterWrite(YOUTH)
            .maximumSize(MOST_NOTED)
            .build();

    AccessTokenUses(SessionRepository sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** False if the token was withdrawn before it was ever used. */
    boolean noteUseOfYoungToken(VerifiedToken token) {
        var now = clock.instant();
        if (!now.isBefore(token.issuedAt().plus(YOUTH)) || noted.getIfPresent(token.id()) != null) {
            return true;
        }
        var isGood = sessions.noteUseOfAccessToken(token.id(), now);
        if (isGood) {
            noted.put(token.id(), true);
        }
        return isGood;
    }
}
