package org.maraudersmap.server.realtime;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Predicate;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.SessionListener;
import org.maraudersmap.server.platform.work.WorkLoop;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.maraudersmap.socketio.Namespace;
import org.maraudersmap.socketio.Socket;
import org.maraudersmap.socketio.SocketIoServer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Keeps open sockets true to their sessions: one whose token has expired or whose session has ended is disconnected,
 * for good; rooms follow the role at once.
 */
@Component
class SocketSessions implements SessionListener, DisposableBean {
    private static final Duration SWEEP = Duration.ofMillis(250);

    private final Namespace sockets;
    private final Clock clock;
    private final WorkLoop sweeper;

    SocketSessions(SocketIoServer server, Clock clock, WorkLoops loops) {
        this.sockets = server.of("/");
        this.clock = clock;
        this.sweeper = loops.repeatWorkAfterPauses("token-expiry", SWEEP, this::disconnectSocketsOfExpiredTokens);
    }

    private void disconnectSocketsOfExpiredTokens() {
        var now = clock.instant();
        disconnectSocketsWhoseActor(sockets.sockets(), actor -> !actor.expiresAt().isAfter(now));
    }

    @Override
    public void onSessionEnded(UUID userId, UUID sessionId) {
        disconnectSocketsWhoseActor(socketsOfUser(userId), actor -> actor.sessionId().equals(sessionId));
    }

    @Override
    public void onOtherSessionsEnded(UUID userId, UUID keptSessionId) {
        disconnectSocketsWhoseActor(socketsOfUser(userId), actor -> !actor.sessionId().equals(keptSessionId));
    }

    @Override
    public void onRoleChanged(UUID userId, Role role) {
        for (var socket : socketsOfUser(userId)) {
            letSocketActAs(socket, withRole(socket.attachment(Actor.class), role));
        }
    }

    /** From now on the socket speaks for this actor; its rooms follow the role. */
    static void letSocketActAs(Socket socket, Actor actor) {
        var former = socket.attachment(Actor.class);
        socket.attach(Actor.class, actor);
        if (actor.role() != former.role()) {
            socket.leave(Audience.role(former.role()).name());
            socket.join(Audience.role(actor.role()).name());
        }
    }

    private static Actor withRole(Actor actor, Role role) {
        var user = actor.user();
        var now = UserSnapshot.of(user.id(), user.email(), user.handle(), user.firstName(), user.lastName(),
                role.name());
        return new Actor(now, role, actor.sessionId(), actor.expiresAt());
    }

    private Collection<Socket> socketsOfUser(UUID userId) {
        return sockets.sockets(Audience.user(userId).name());
    }

    private static void disconnectSocketsWhoseActor(Collection<Socket> candidates, Predicate<Actor> condition) {
        candidates.stream().filter(socket -> condition.test(socket.attachment(Actor.class)))
                .forEach(Socket::disconnect);
    }

    @Override
    public void destroy() {
        sweeper.stop(SWEEP);
    }
}
