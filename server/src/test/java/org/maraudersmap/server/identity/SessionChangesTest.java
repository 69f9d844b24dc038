package org.maraudersmap.server.identity;

import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.platform.SessionListener;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class SessionChangesTest {
    private final LiveSessions liveSessions = mock(LiveSessions.class);
    private final SessionListener broken = mock(SessionListener.class);
    private final SessionListener listener = mock(SessionListener.class);
    private final ClusterSignals signals = mock(ClusterSignals.class);
    private final SessionChanges changes = new SessionChanges(
            liveSessions,
            new StaticListableBeanFactory(Map.of("broken", broken, "listener", listener))
                    .getBeanProvider(SessionListener.class),
            signals);

    @Test
    void should_empty_the_cache_before_it_tells_anyone_and_tell_all_even_if_one_is_broken() {
        var user = UUID.randomUUID();
        var session = UUID.randomUUID();
        doThrow(new IllegalStateException("broken")).when(broken).onSessionEnded(user, session);

        changes.announceEndOfSession(user, session);

        var order = inOrder(liveSessions, listener, signals);
        order.verify(liveSessions).forgetSessionOfId(session);
        order.verify(listener).onSessionEnded(user, session);
        order.verify(signals).sendSignalToAllNodes(eq("identity_changes"), contains("ENDED " + user + " " + session));
    }
}
