package org.maraudersmap.server.identity;

import java.util.List;
import java.util.UUID;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.SessionListener;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Makes a change of sessions or roles count: on this node before the caller goes on, on the others by a signal. To be
 * called after the commit.
 */
@Component
class SessionChanges {
    private static final Logger log = LoggerFactory.getLogger(SessionChanges.class);
    private static final String CHANNEL = "identity_changes";

    /** Tells this node's own signals, which come back to it, from the others'. */
    private final String thisNode = UUID.randomUUID().toString();
    private final LiveSessions liveSessions;
    private final ObjectProvider<SessionListener> listeners;
    private final ClusterSignals signals;

    SessionChanges(LiveSessions liveSessions, ObjectProvider<SessionListener> listeners, ClusterSignals signals) {
        this.liveSessions = liveSessions;
        this.listeners = listeners;
        this.signals = signals;
        signals.listenToSignalsOnChannel(CHANNEL, this::hearChangeOnOtherNode);
    }

    private enum Kind {
        ENDED, OTHERS_ENDED, ROLE
    }

    /** What happened; {@code subject} is a session or a role. */
    private record Change(Kind kind, UUID userId, String subject) {}

    void announceEndOfSession(UUID userId, UUID sessionId) {
        announce(new Change(Kind.ENDED, userId, sessionId.toString()));
    }

    void announceEndOfOtherSessions(UUID userId, UUID keptSessionId) {
        announce(new Change(Kind.OTHERS_ENDED, userId, keptSessionId.toString()));
    }

    void announceRoleOfUser(UUID userId, Role role) {
        announce(new Change(Kind.ROLE, userId, role.name()));
    }

    /** Its tokens have changed; the other nodes know within a second by themselves. */
    void forgetSessionOnThisNode(UUID sessionId) {
        liveSessions.forgetSessionOfId(sessionId);
    }

    private void announce(Change change) {
        apply(change);
        signals.sendSignalToAllNodes(
                CHANNEL,
                String.join(" ", thisNode, change.kind.name(), change.userId.toString(), change.subject));
    }

    private void hearChangeOnOtherNode(String payload) {
        var parts = List.of(payload.split(" "));
        if (parts.size() == 4 && !parts.getFirst().equals(thisNode)) {
            apply(new Change(Kind.valueOf(parts.get(1)), UUID.fromString(parts.get(2)), parts.get(3)));
        }
    }

    private void apply(Change change) {
        if (change.kind == Kind.ENDED) {
            liveSessions.forgetSessionOfId(UUID.fromString(change.subject));
        } else {
            liveSessions.forgetSessionsOfUser(change.userId);
        }
        listeners.forEach(listener -> {
            try {
                tell(listener, change);
            } catch (RuntimeException broken) {
                // What has happened has happened; the others must hear of it.
                log.error("{} failed on {}", listener.getClass().getName(), change, broken);
            }
        });
    }

    private static void tell(SessionListener listener, Change change) {
        switch (change.kind) {
            case ENDED -> listener.onSessionEnded(change.userId, UUID.fromString(change.subject));
            case OTHERS_ENDED -> listener.onOtherSessionsEnded(change.userId, UUID.fromString(change.subject));
            case ROLE -> listener.onRoleChanged(change.userId, Role.valueOf(change.subject));
        }
    }
}
