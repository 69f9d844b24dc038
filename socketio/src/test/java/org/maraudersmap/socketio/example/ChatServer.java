package org.maraudersmap.socketio.example;

import java.util.Map;
import org.maraudersmap.socketio.BoundEndpoint;
import org.maraudersmap.socketio.SocketIoServer;
import org.maraudersmap.socketio.Verdict;

/** The example of the README. */
public final class ChatServer {
    private ChatServer() {}

    /** Listens on port 3000. */
    public static void main(String[] args) {
        var _ = start("0.0.0.0", 3000);
    }

    static BoundEndpoint start(String host, int port) {
        // README
        var server = SocketIoServer.create();
        var chat = server.of("/");

        chat.use(handshake -> handshake.auth("token").filter("open sesame"::equals).isPresent()
                ? Verdict.accept().user("harry").join("lobby")
                : Verdict.refuse("Authentication failed"));

        chat.onConnection(socket -> socket.emit("welcome", Map.of("id", socket.id())));
        chat.on("say", String.class, (socket, text, event) -> {
            socket.to("lobby").emit("said", socket.id(), text);
            event.ack(Map.of("ok", true));
        });
        chat.onDisconnect((socket, reason) -> chat.to("lobby").emit("gone", socket.id(), reason.text()));

        var endpoint = server.bind(host, port);
        // README
        return endpoint;
    }
}
