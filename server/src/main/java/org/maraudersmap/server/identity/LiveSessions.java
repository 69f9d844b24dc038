package org.maraudersmap.server.identity;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.maraudersmap.server.identity.SessionRepository.LiveSession;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Which sessions go on, and their users in the role that is in force: at most a second old. */
@Component
class LiveSessions {
    private static final Duration LIFETIME = Duration.ofSeconds(1);
    private static final int MOST = 50_000;

    private final SessionRepository sessions;
    private final boolean demoUsersMayEnter;
    private final BriefCache<UUID, Optional<LiveSession>> cache = new BriefCache<>(LIFETIME, MOST, System::nanoTime);

    @Autowired
    LiveSessions(SessionRepository sessions, Settings settings) {
        this.sessions = sessions;
        this.demoUsersMayEnter = settings.isDemoDataOn();
    }

    Optional<LiveSession> findLiveSessionOfId(UUID sessionId) {
        return cache.get(sessionId, id -> sessions.findLiveSessionWithUser(id).filter(this::mayEnter));
    }

    private boolean mayEnter(LiveSession session) {
        return demoUsersMayEnter || !session.isDemo();
    }

    void forgetSessionOfId(UUID sessionId) {
        cache.forget(sessionId);
    }

    void forgetSessionsOfUser(UUID userId) {
        cache.forgetMatching(session -> session.filter(live -> live.user().id().equals(userId)).isPresent());
    }
}
