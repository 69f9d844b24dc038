package org.maraudersmap.server.realtime;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.maraudersmap.server.platform.node.Node;
import org.maraudersmap.socketio.Namespace;
import org.maraudersmap.socketio.Socket;
import org.maraudersmap.socketio.SocketIoServer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells clients a state. Unlike an {@link Announcement} of an event it carries no offset and is never replayed: a
 * client
 * asks again after it has reconnected. What one thread tells arrives in that order.
 */
@Component
public class ConnectedClients {
    private static final String CHANNEL = "client_states";

    private final Namespace sockets;
    private final ClusterSignals signals;
    private final JsonMapper json;
    private final String thisNode;

    ConnectedClients(SocketIoServer server, ClusterSignals signals, JsonMapper json, Node node) {
        this.sockets = server.of("/");
        this.signals = signals;
        this.json = json;
        this.thisNode = node.id();
        signals.listenToSignalsOnChannel(CHANNEL, this::hearStateFromOtherNode);
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

    /** A state on its way to the other nodes. */
    private record Signal(String node, String room, List<String> except, String event, JsonNode payload) {
        private static final String EVERYONE = "";

        static String roomOf(Audience audience) {
            return switch (audience) {
                case Audience.Everyone() -> EVERYONE;
                case Audience.Room(var room) -> room;
            };
        }

        Audience audience() {
            return room.equals(EVERYONE) ? new Audience.Everyone() : new Audience.Room(room);
        }
    }

    /**
     * Tells the clients of this node at once, those of the others by a signal, which may be lost.
     *
     * @throws IllegalArgumentException
     *             if the payload is too large for a signal, which is about 7 KB
     */
    public void tellStateToClientsEverywhere(
            Audience audience, List<Audience.Room> except, String event, Object payload) {
        tellStateToClientsHere(audience, except, event, payload);
        signals.sendSignalToAllNodes(
                CHANNEL,
                json.writeValueAsString(
                        new Signal(
                                thisNode,
                                Signal.roomOf(audience),
                                except.stream().map(Audience.Room::name).toList(),
                                event,
                                json.valueToTree(payload))));
    }

    private void hearStateFromOtherNode(String text) {
        var signal = json.readValue(text, Signal.class);
        if (!signal.node.equals(thisNode)) {
            var except = signal.except.stream().map(Audience.Room::new).toList();
            tellStateToClientsHere(signal.audience(), except, signal.event, signal.payload);
        }
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
