package org.maraudersmap.server.realtime;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.ActorAuthenticator;
import org.maraudersmap.server.platform.database.DatabaseTrouble;
import org.maraudersmap.server.platform.input.RequestReader;
import org.maraudersmap.server.platform.input.Text;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.socketio.Event;
import org.maraudersmap.socketio.Handshake;
import org.maraudersmap.socketio.Namespace;
import org.maraudersmap.socketio.Offset;
import org.maraudersmap.socketio.Socket;
import org.maraudersmap.socketio.SocketIoServer;
import org.maraudersmap.socketio.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Who may connect, and what a client is told when it does. Nothing is joined or sent before the token was checked.
 * Every answer to a client event is {@code {ok: true, …}} or {@code {ok: false, code, message}}; where no
 * acknowledgement was asked for, a refusal is an {@code error}.
 */
@Component
class SocketGateway {
    private static final Logger log = LoggerFactory.getLogger(SocketGateway.class);
    private static final Duration SOON = Duration.ofSeconds(2);

    private final ActorAuthenticator authenticator;
    private final ClientRooms rooms;
    private final RoomGuards guards;
    private final ClientListeners listeners;
    private final RequestReader requests;

    SocketGateway(
            SocketIoServer server,
            ActorAuthenticator authenticator,
            ClientRooms rooms,
            RoomGuards guards,
            ClientListeners listeners,
            RequestReader requests,
            ObjectProvider<ClientCommand> commands) {
        this.authenticator = authenticator;
        this.rooms = rooms;
        this.guards = guards;
        this.listeners = listeners;
        this.requests = requests;
        answerClientsOfNamespace(server.of("/"));
        runCommandsOfDomains(server.of("/"), commands);
    }

    private void runCommandsOfDomains(Namespace namespace, Iterable<ClientCommand> commands) {
        var taken = new HashSet<String>();
        for (var command : commands) {
            if (!taken.add(command.nameOfClientEvent())) {
                throw new IllegalStateException("two commands answer " + command.nameOfClientEvent());
            }
            namespace.on(command.nameOfClientEvent(), (socket, event) -> answer(socket, event, () -> SocketAnswer.ok()
                    .with(command.runCommandOfClient(listeners.describeClientOfSocket(socket), event.arg(0)))));
        }
    }

    private void answerClientsOfNamespace(Namespace namespace) {
        namespace.use(this::decideWhoMayConnect)
                .onConnection(this::refuseSessionThatEndedMeanwhile)
                // First, so that whoever has been welcomed and asks who is there finds himself among them.
                .onConnection(listeners::tellThatClientConnected)
                .onConnection(this::acknowledgeConnectionWithFloor)
                .onDisconnect(listeners::tellThatClientDisconnected)
                .on("authenticate", this::renewTokenOrDisconnectSocket)
                .on("room:join", (socket, event) -> answer(socket, event, () -> rooms.joinRoomOfClient(socket, event)))
                .on("room:leave",
                        (socket, event) -> answer(socket, event, () -> rooms.leaveRoomOfClient(socket, event)))
                .on("feed:subscribe", (socket, event) -> answer(socket, event, () -> {
                    socket.join(Audience.feed().name());
                    socket.saveSession();
                    return SocketAnswer.ok();
                }))
                .on("feed:unsubscribe", (socket, event) -> answer(socket, event, () -> {
                    socket.leave(Audience.feed().name());
                    return SocketAnswer.ok();
                }))
                .on("heartbeat", (socket, event) -> answer(socket, event, SocketAnswer::ok))
                .onUnhandled((socket, event) -> answer(socket, event, () -> {
                    throw Problem.of(ProblemCode.NOT_FOUND, "There is no event " + event.name() + " here.");
                }))
                .onRateLimited((socket, event) -> answer(socket, event, () -> {
                    throw Problem.of(ProblemCode.RATE_LIMITED, "Too many events; slow down.");
                }));
    }

    private Verdict decideWhoMayConnect(Handshake handshake) {
        var token = handshake.auth("token").or(() -> handshake.query("token")).filter(text -> !text.isBlank());
        if (token.isEmpty()) {
            return Verdict.refuse("Authentication token required");
        }
        try {
            var actor = authenticator.authenticateActorWithToken(token.get());
            return Verdict.accept()
                    .user(actor.userId().toString())
                    .attach(Actor.class, actor)
                    .attach(AccessToken.class, new AccessToken(token.get()))
                    .join(Audience.user(actor.userId()).name(), Audience.role(actor.role()).name())
                    .restoring(this::isRoomToBeRestored);
        } catch (Problem refusal) {
            return Verdict.refuse(
                    refusal.code() == ProblemCode.TOKEN_EXPIRED ? "Token expired" : "Authentication failed");
        }
    }

    /** What the socket came with. */
    private record AccessToken(String text) {}

    /** What the client has asked for itself; whose and in which role it is today, the token says. */
    private boolean isRoomToBeRestored(String room) {
        return room.equals(Audience.feed().name()) || guards.isRoomEnteredByClients(room);
    }

    /** What happened between the look at the token and the moment from which the socket can be found. */
    private void refuseSessionThatEndedMeanwhile(Socket socket) {
        try {
            SocketSessions.letSocketActAs(
                    socket,
                    authenticator.authenticateActorWithToken(socket.attachment(AccessToken.class).text()));
        } catch (Problem ended) {
            socket.disconnect();
        }
    }

    /** What {@code authenticate} comes with. */
    record TokenRequest(@NotNull @Text(visible = true, verbatim = true) String token) {}

    record Acknowledgement(String socketId, Object user, long position, String epoch, boolean recovered) {}

    private void acknowledgeConnectionWithFloor(Socket socket) {
        var floor = socket.floor().orElseThrow(() -> new IllegalStateException(socket + " has no floor"));
        socket.emitFloor("connection:acknowledged", acknowledgement(socket, floor));
    }

    private static Acknowledgement acknowledgement(Socket socket, Offset floor) {
        var user = socket.attachment(Actor.class).user();
        return new Acknowledgement(socket.id(), user, floor.position(), floor.epoch(), socket.recovered());
    }

    /** A fresh token of the same user goes on in place; anything else ends the connection for good. */
    private void renewTokenOrDisconnectSocket(Socket socket, Event event) {
        if (!answer(socket, event, () -> renewTokenOfSocket(socket, event))) {
            socket.disconnect();
        }
    }

    private SocketAnswer renewTokenOfSocket(Socket socket, Event event) {
        var renewed = authenticator.authenticateActorWithToken(
                requests.readRequestFromJsonTree(event.arg(0), TokenRequest.class).token());
        var former = socket.attachment(Actor.class);
        if (!renewed.userId().equals(former.userId())) {
            throw Problem.of(ProblemCode.FORBIDDEN, "The token is another user's.");
        }
        SocketSessions.letSocketActAs(socket, renewed);
        return SocketAnswer.ok();
    }

    private interface Command {
        SocketAnswer run();
    }

    /** Whether the command was carried out. */
    private static boolean answer(Socket socket, Event event, Command command) {
        try {
            event.ack(command.run().toJson());
            return true;
        } catch (Problem refusal) {
            reject(socket, event, refusal);
        } catch (RuntimeException failure) {
            reject(socket, event, describeFailure(socket, event, failure));
        }
        return false;
    }

    private static Problem describeFailure(Socket socket, Event event, RuntimeException failure) {
        var trouble = DatabaseTrouble.of(failure);
        if (trouble.isPresent()) {
            return Problem.unavailable("The database " + trouble.get().words() + "; try again.", SOON);
        }
        log.error("{} of socket {} failed", event.name(), socket.id(), failure);
        return Problem.internalError();
    }

    record SocketError(String code, String message, Optional<String> event) {}

    private static void reject(Socket socket, Event event, Problem refusal) {
        if (event.wantsAck()) {
            event.ack(SocketAnswer.refused(refusal).toJson());
        } else {
            socket.emit("error", new SocketError(refusal.code().name(), refusal.detail(), Optional.of(event.name())));
        }
    }
}
