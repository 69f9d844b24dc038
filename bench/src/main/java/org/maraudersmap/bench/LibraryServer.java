package org.maraudersmap.bench;

import java.util.List;
import java.util.Map;
import org.maraudersmap.socketio.Endpoint;
import org.maraudersmap.socketio.SocketIoServer;
import org.maraudersmap.socketio.SocketIoSettings;
import org.maraudersmap.socketio.Verdict;

/** The project's own Socket.IO library with everything on: auth, heartbeat, rooms, limits. */
public final class LibraryServer {
    private LibraryServer() {}

    /** Serves until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        // The orders all come from one client, as fast as they are carried out.
        var server = SocketIoServer.builder()
                .settings(SocketIoSettings.builder().eventsPerSecond(100_000).build()).build();
        var main = server.of("/");
        main.use(handshake -> handshake.auth("token").filter(PeersBench.TOKEN::equals).isPresent()
                ? Verdict.accept().join("everybody")
                : Verdict.refuse("Authentication failed"));
        main.on("broadcast", Integer.class, (_, count, event) -> {
            for (var i = 0; i < count; i++) {
                main.emit("incident:created", incident(i, event.arg(1, String.class)));
            }
        });
        main.on("room", Integer.class, (_, count, event) -> {
            for (var i = 0; i < count; i++) {
                main.to("room").emit("incident:created", incident(i, event.arg(1, String.class)));
            }
        });
        main.on("join", (socket, event) -> {
            socket.join("room");
            event.ack();
        });
        main.on("gc", (_, event) -> {
            System.gc();
            event.ack();
        });
        try (var endpoint = server.bind(Endpoint.of("localhost", 0).threads(2))) {
            System.out.println("ready " + endpoint.port());
            System.in.transferTo(System.err);
        }
    }

    /** What every server of the comparison sends: some 300 bytes of JSON. */
    static Map<String, Object> incident(int id, String title) {
        return Map.of("id", id, "title", title, "description", "Fluffy is loose on the third floor", "severity",
                "DANGEROUS", "location", "HOGWARTS", "status", "OPEN", "tags", List.of("dog", "three heads"),
                "reported_by",
                Map.of("id", "0198c0de-0000-7000-8000-000000000001", "handle", "harry", "name", "Harry Potter"));
    }
}
