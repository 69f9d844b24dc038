package org.maraudersmap.socketio;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Who waits for which of one socket's acknowledgements. Takes no memory while nobody does. */
final class PendingAcks {
    private Map<Long, Listener> listeners = Map.of();

    /** Waits for an acknowledgement. */
    interface Listener {
        /** The message is on its way to a socket. */
        default void expected(Socket socket) {}

        void acknowledged(Socket socket, List<JsonNode> args);

        void disconnected(Socket socket);
    }

    synchronized void expect(long id, Listener listener) {
        if (listeners.isEmpty()) {
            listeners = new HashMap<>(2);
        }
        listeners.put(id, listener);
    }

    synchronized Optional<Listener> take(long id) {
        return listeners.isEmpty() ? Optional.empty() : Optional.ofNullable(listeners.remove(id));
    }

    synchronized Collection<Listener> takeAll() {
        var all = listeners.values();
        listeners = Map.of();
        return all;
    }
}
