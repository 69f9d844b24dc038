package org.maraudersmap.socketio;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client's place in a namespace: asked for, then filled by a socket, then given up. Each step is taken once. */
final class Membership {
    private final Connection connection;
    private final Namespace namespace;
    private final SerialExecutor serial;
    private @Nullable Socket socket;
    private boolean ended;

    Membership(Connection connection, Namespace namespace) {
        this.connection = connection;
        this.namespace = namespace;
        this.serial = new SerialExecutor(connection.server().executor());
    }

    Connection connection() {
        return connection;
    }

    Namespace namespace() {
        return namespace;
    }

    SerialExecutor serial() {
        return serial;
    }

    synchronized Optional<Socket> socket() {
        return Optional.ofNullable(socket);
    }

    /** Puts the accepted socket in; false if the client is gone meanwhile. */
    synchronized boolean fill(Socket accepted) {
        if (ended) {
            return false;
        }
        socket = accepted;
        return true;
    }

    /** Gives the place up; returns who had it. */
    synchronized Optional<Socket> end() {
        ended = true;
        return Optional.ofNullable(socket);
    }
}
