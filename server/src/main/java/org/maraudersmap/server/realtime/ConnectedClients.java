package org.maraudersmap.server.realtime;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maraudersmap.socketio.Namespace;
import org.maraudersmap.socketio.Socket;
import org.maraudersmap.socketio.SocketIoServer;
import org.springframework.stereotype.Component;

/**
 * The clients of this node, for a domain that tells them a state. Unlike an {@link Announcement} of an event it carries
 * no offset and is never replayed: a
 * client
 * asks again after it has reconnected. What one thread tells arrives in that order.
 */
@Component
public class ConnectedClients {
    private final Namespace sockets;

    ConnectedClients(SocketIoServer server) {
        this.sockets = server.of("/");
    }

    /** Tells the clients of this node; not those in the rooms {@code except}. */
    public void tellStateToClientsHere(
            Audience audience, List<Audience.Room> except, String event, Object payload) {
        var broadcast = switch (audience) {
            case Audience.Everyone() -> sockets.broadcast();
            case Audience.Room(var room) -> sockets.to(room);
        };
        broadcast.except(except.stream().map(Audience.Room::name).toArray(String[]::new)).emit(event, payload);
    }

    /** When each client of this node last sent a packet of any kind, by socket id. */
    public Map<String, Instant> readSignsOfLifeHere() {
        var seen = new HashMap<String, Instant>();
        for (Socket socket : sockets.sockets()) {
            seen.put(socket.id(), socket.lastSeen());
        }
        return seen;
    }
}
