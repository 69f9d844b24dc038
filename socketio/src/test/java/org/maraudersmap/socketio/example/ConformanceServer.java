package org.maraudersmap.socketio.example;

import java.time.Clock;
import java.time.Duration;
import org.maraudersmap.socketio.Endpoint;
import org.maraudersmap.socketio.SocketIoServer;
import org.maraudersmap.socketio.SocketIoSettings;
import org.maraudersmap.socketio.Verdict;
import org.maraudersmap.socketio.engineio.CloseReason;
import org.maraudersmap.socketio.engineio.EncodedMessage;
import org.maraudersmap.socketio.engineio.EngineIoHandler;
import org.maraudersmap.socketio.engineio.EngineIoMetrics;
import org.maraudersmap.socketio.engineio.EngineIoServer;
import org.maraudersmap.socketio.engineio.EngineIoSession;
import org.maraudersmap.socketio.engineio.EngineIoSettings;
import tools.jackson.databind.JsonNode;

/**
 * The server that the official test suites of the two protocols run against: Socket.IO at {@code /socket.io/}, an
 * Engine.IO echo at {@code /engine.io/}. See the README for the command.
 */
public final class ConformanceServer {
    private static final Duration PING_INTERVAL = Duration.ofMillis(300);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(200);

    private ConformanceServer() {}

    /** Listens on the port that is the first argument, 3000 by default, until it is killed. */
    @SuppressWarnings("SystemOut") // a command says that it is ready
    public static void main(String[] args) {
        var port = args.length > 0 ? Integer.parseInt(args[0]) : 3000;
        // One event loop: the suites take it for granted that two requests sent on two connections, one right after the
        // other, are seen in that order.
        var endpoint = socketIo()
                .bind(Endpoint.of("localhost", port).threads(1).otherwise(engineIo()::handler));
        System.out.println("ready on port " + endpoint.port());
    }

    private static SocketIoServer socketIo() {
        var server = SocketIoServer
                .builder().settings(SocketIoSettings.builder().connectTimeout(Duration.ofSeconds(1))
                        .engine(engine -> engine.pingInterval(PING_INTERVAL).pingTimeout(PING_TIMEOUT)).build())
                .build();
        for (var name : new String[]{"/", "/custom"}) {
            server.of(name).use(handshake -> Verdict.accept().attach(
                    JsonNode.class, handshake.auth()))
                    .onConnection(socket -> socket.emit("auth",
                            socket.attachment(JsonNode.class)))
                    .on("message", (socket, event) -> socket.emit("message-back", event.args().toArray()))
                    .on("message-with-ack", (socket, event) -> event.ack(event.args().toArray()));
        }
        return server;
    }

    private static EngineIoServer engineIo() {
        var settings = EngineIoSettings.builder().path("/engine.io/").pingInterval(PING_INTERVAL)
                .pingTimeout(PING_TIMEOUT).build();
        return new EngineIoServer(settings, new EngineIoMetrics() {
        }, Clock.systemUTC(), System::nanoTime, Echo::new);
    }

    private record Echo(EngineIoSession session) implements EngineIoHandler {

        @Override
        public void onText(String message) {
            session.send(EncodedMessage.text(message));
        }

        @Override
        public void onBinary(byte[] message) {
            session.send(EncodedMessage.binary(message));
        }

        @Override
        public void onClose(CloseReason reason) {
            // An echo keeps nothing.
        }
    }
}
