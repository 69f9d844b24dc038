package org.maraudersmap.server.realtime;

import java.util.function.Consumer;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.socketio.DisconnectReason;
import org.maraudersmap.socketio.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells every {@link ClientListener}; one that fails keeps nothing from the others. */
@Component
class ClientListeners {
    private static final Logger log = LoggerFactory.getLogger(ClientListeners.class);

    private final ObjectProvider<ClientListener> listeners;
    private final RoomGuards guards;

    ClientListeners(ObjectProvider<ClientListener> listeners, RoomGuards guards) {
        this.listeners = listeners;
        this.guards = guards;
    }

    ConnectedClient describeClientOfSocket(Socket socket) {
        return new ConnectedClient(
                socket.id(), socket.attachment(Actor.class), guards.selectGuardedRoomsAmong(socket.rooms()));
    }

    void tellThatClientConnected(Socket socket) {
        var client = describeClientOfSocket(socket);
        tell(listener -> listener.onClientConnected(client));
    }

    void tellThatClientDisconnected(Socket socket, DisconnectReason reason) {
        var client = describeClientOfSocket(socket);
        tell(listener -> listener.onClientDisconnected(client, reason));
    }

    void tellThatRoomWasEntered(Socket socket, String room) {
        var client = describeClientOfSocket(socket);
        tell(listener -> listener.onRoomEntered(client, room));
    }

    void tellThatRoomWasLeft(Socket socket, String room) {
        var client = describeClientOfSocket(socket);
        tell(listener -> listener.onRoomLeft(client, room));
    }

    private void tell(Consumer<ClientListener> message) {
        listeners.forEach(listener -> {
            try {
                message.accept(listener);
            } catch (RuntimeException broken) {
                log.error("{} failed to hear of a client", listener.getClass().getName(), broken);
            }
        });
    }
}
