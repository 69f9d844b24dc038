package org.maraudersmap.socketio;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.socketio.engineio.CloseReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets one client into a namespace, or not: middleware first, before anything is sent, joined or looked up; then its
 * former session, if it names one; then the application's connection handlers. Runs on the membership's own thread,
 * before any of its events.
 */
final class Admission implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final Duration OLD_SOCKET_PATIENCE = Duration.ofSeconds(10);

    private final Membership membership;
    private final Connection connection;
    private final Namespace namespace;
    private final SocketIoServer server;
    private final @Nullable Recovery recovery;
    private final JsonNode payload;

    /** The session to go on with, and after which offset. */
    private record Resumption(Recovery.Session session, Offset after) {}

    Admission(Membership membership, JsonNode payload) {
        this.membership = membership;
        this.connection = membership.connection();
        this.namespace = membership.namespace();
        this.server = connection.server();
        this.recovery = server.recovery();
        this.payload = payload;
    }

    @Override
    public void run() {
        switch (decide()) {
            case Verdict.Refused refused -> refuse(refused);
            case Verdict.Accepted accepted -> {
                try {
                    accept(accepted);
                } catch (RuntimeException e) {
                    LOG.error("Admission to {} failed; closing the connection so that the client tries again",
                            namespace.name(), e);
                    connection.session().close(CloseReason.FORCED_CLOSE);
                }
            }
        }
    }

    private Verdict decide() {
        var auth = payload.isObject() ? payload : server.mapper().createObjectNode();
        if (recovery != null && auth instanceof ObjectNode object) {
            auth = object.deepCopy().without(java.util.List.of("pid", "offset"));
        }
        try {
            return namespace.decide(new Handshake(namespace.name(), auth, connection.session().request()));
        } catch (Exception e) {
            LOG.error("Middleware of {} failed; the client is refused", namespace.name(), e);
            return Verdict.refuse("Internal server error");
        }
    }

    private void refuse(Verdict.Refused refused) {
        server.metrics().socketRefused(namespace.name(), refused.message());
        connection.session()
                .send(server.encoder().connectError(namespace.name(), refused.message(), refused.data()));
        var _ = connection.remove(membership);
    }

    private void accept(Verdict.Accepted accepted) {
        var resumption = recovery == null ? Optional.<Resumption>empty() : resume(recovery, accepted);
        // Not before an old socket of the session has given way: it would count as well.
        if (!server.countUser(accepted.user())) {
            refuse(Verdict.refuse("Too many sockets", Map.of("code", "TOO_MANY_SOCKETS")));
            return;
        }
        var socket = resumption
                .map(found -> new Socket(membership, accepted, found.session.socketId(), found.session.pid(),
                        found.session.generation(), true))
                .orElseGet(() -> new Socket(membership, accepted, server.newSocketId(),
                        recovery == null ? "" : server.newPid(), 0, false));
        if (!membership.fill(socket)) {
            server.uncountUser(accepted.user());
            return;
        }
        if (recovery == null) {
            accepted.floor().ifPresent(socket::begin);
            if (socket.enter(Map.of())) {
                server.metrics().socketConnected(namespace.name(), false);
                namespace.connected(socket);
            }
            return;
        }
        resumption.ifPresent(found -> socket.begin(found.after));
        if (!socket.enter(resumption.map(found -> found.session.rooms()).orElse(Map.of()))) {
            return;
        }
        // Only now, when live messages are held: whatever comes after the head, the socket has.
        var head = recovery.head(namespace.name());
        socket.sendConnect(Optional.of(socket.pid()));
        server.metrics().socketConnected(namespace.name(), resumption.isPresent());
        if (resumption.isPresent()) {
            socket.replay(recovery, head);
        } else {
            socket.begin(accepted.floor().orElse(head));
        }
        namespace.connected(socket);
        socket.goLive(recovery);
    }

    /** Finds out whether the client can go on where it was; completely, or not at all. */
    private Optional<Resumption> resume(Recovery port, Verdict.Accepted accepted) {
        var pid = payload.path("pid");
        if (!pid.isString()) {
            return Optional.empty();
        }
        if (!SocketIoServer.isPid(pid.stringValue())) {
            return refuseRecovery("malformed pid");
        }
        try {
            return check(port, accepted, pid.stringValue());
        } catch (RuntimeException e) {
            LOG.warn("Recovery in {} failed; the client starts anew", namespace.name(), e);
            return refuseRecovery("failure");
        }
    }

    private Optional<Resumption> check(Recovery port, Verdict.Accepted accepted, String pid) {
        var former = namespace.socketOfSession(pid);
        if (former.isPresent() && !former.get().isConnected() && !former.get().awaitLeft(OLD_SOCKET_PATIENCE)) {
            return refuseRecovery("old socket is busy");
        }
        var old = former.filter(Socket::isConnected);
        // What a socket that is here knows of itself is newer than what is kept.
        var found = old.map(Socket::remember).or(() -> port.find(namespace.name(), pid));
        if (found.isEmpty()) {
            return refuseRecovery("unknown session");
        }
        var session = found.get();
        if (!session.user().equals(accepted.user()) || !session.namespace().equals(namespace.name())) {
            return refuseRecovery("session of another user");
        }
        if (old.isPresent()) {
            // Its client is here, so it is dead, whatever TCP still believes.
            old.get().giveWay();
            if (!old.get().awaitLeft(OLD_SOCKET_PATIENCE)) {
                return refuseRecovery("old socket is busy");
            }
        }
        var now = server.clock().instant();
        if (session.lastSeen().plus(server.settings().recoveryWindow()).isBefore(now)) {
            return refuseRecovery("too late");
        }
        var text = payload.path("offset");
        var after = text.isString() ? Offset.parse(text.stringValue()) : Optional.of(session.start());
        if (after.isEmpty()) {
            return refuseRecovery("malformed offset");
        }
        var head = port.head(namespace.name());
        if (!head.epoch().equals(after.get().epoch())) {
            return refuseRecovery("another epoch");
        }
        if (after.get().position() > head.position()) {
            return refuseRecovery("offset past the head");
        }
        if (!port.isComplete(session, after.get(), head)) {
            return refuseRecovery("incomplete");
        }
        var rooms = new HashMap<>(session.rooms());
        var id = server.settings().keepSocketId() ? session.socketId() : server.newSocketId();
        var next = new Recovery.Session(pid, session.generation() + 1, namespace.name(), id, accepted.user(),
                after.get(), rooms, now);
        if (!port.save(next)) {
            return refuseRecovery("recovered elsewhere");
        }
        return Optional.of(new Resumption(next, after.get()));
    }

    private Optional<Resumption> refuseRecovery(String why) {
        LOG.debug("No recovery in {}: {}", namespace.name(), why);
        server.metrics().recoveryRefused(namespace.name(), why);
        return Optional.empty();
    }
}
