package org.maraudersmap.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.socketio.engineio.CloseReason;
import org.maraudersmap.socketio.engineio.EngineIoHandler;
import org.maraudersmap.socketio.engineio.EngineIoSession;
import org.maraudersmap.socketio.engineio.MalformedPacketException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: reads its packets and knows in which namespaces it is. */
final class Connection implements EngineIoHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final SocketIoServer server;
    private final EngineIoSession session;
    private final PacketDecoder decoder;

    // Guarded by memberships:
    private final List<Membership> memberships = new ArrayList<>(1);
    private Set<String> left = Set.of();
    private boolean closed;
    private @Nullable Future<?> connectTimeout;
    private int pendingEvents;
    private long pendingCharacters;
    private boolean paused;

    Connection(SocketIoServer server, EngineIoSession session) {
        this.server = server;
        this.session = session;
        this.decoder = new PacketDecoder(server.mapper(), server.settings().maxAttachments(),
                server.settings().engine().maxPayload());
        synchronized (memberships) {
            awaitConnect();
        }
    }

    EngineIoSession session() {
        return session;
    }

    SocketIoServer server() {
        return server;
    }

    // Called on event loops, one at a time:

    @Override
    public void onText(String message) {
        try {
            var packet = decoder.text(message);
            if (packet.isPresent()) {
                dispatch(packet.get(), message.length());
            }
        } catch (MalformedPacketException e) {
            malformed(e);
        }
    }

    @Override
    public void onBinary(byte[] message) {
        try {
            var packet = decoder.binary(message);
            if (packet.isPresent()) {
                dispatch(packet.get(), message.length);
            }
        } catch (MalformedPacketException e) {
            malformed(e);
        }
    }

    private void malformed(MalformedPacketException error) {
        LOG.debug("Closing session of {}: {}", session.request().remoteAddress(), error.getMessage());
        session.close(CloseReason.PARSE_ERROR);
    }

    private void dispatch(Packet packet, int size) throws MalformedPacketException {
        if (packet.type() == Packet.Type.CONNECT) {
            connect(packet);
            return;
        }
        var membership = membership(packet.namespace());
        if (membership.isEmpty()) {
            synchronized (memberships) {
                if (closed || left.contains(packet.namespace())) {
                    return;
                }
            }
            throw new MalformedPacketException("the client is not in the namespace that it writes to");
        }
        var socket = membership.get().socket();
        if (packet.type() == Packet.Type.DISCONNECT) {
            // Whoever is in by then: it may have been accepted just now.
            remove(membership.get())
                    .ifPresent(member -> member.leave(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT));
        } else if (socket.isEmpty()) {
            throw new MalformedPacketException("the client was not accepted yet");
        } else if (packet.type() == Packet.Type.ACK) {
            socket.get().acknowledged(packet);
        } else {
            receive(socket.get(), packet, size);
        }
    }

    private void receive(Socket socket, Packet packet, int size) {
        synchronized (memberships) {
            pendingEvents++;
            pendingCharacters += size;
            if (!paused && isOverloaded()) {
                paused = true;
                session.pauseReading(true);
            }
        }
        socket.receive(packet, () -> handled(size));
    }

    private void handled(int size) {
        synchronized (memberships) {
            pendingEvents--;
            pendingCharacters -= size;
            if (paused && !isOverloaded()) {
                paused = false;
                session.pauseReading(false);
            }
        }
    }

    private boolean isOverloaded() {
        return pendingEvents >= server.settings().maxPendingEvents()
                || pendingCharacters > 2L * server.settings().engine().maxPayload();
    }

    private void connect(Packet packet) throws MalformedPacketException {
        var namespace = server.find(packet.namespace());
        if (namespace.isEmpty()) {
            session.send(server.encoder().connectError(packet.namespace(), "Invalid namespace", Optional.empty()));
            return;
        }
        var membership = new Membership(this, namespace.get());
        synchronized (memberships) {
            if (closed) {
                return;
            }
            if (membership(packet.namespace()).isPresent()) {
                throw new MalformedPacketException("the client is in the namespace already");
            }
            if (memberships.size() >= server.settings().maxNamespaces()) {
                throw new MalformedPacketException("the client is in too many namespaces");
            }
            memberships.add(membership);
            if (connectTimeout != null) {
                connectTimeout.cancel(false);
                connectTimeout = null;
            }
        }
        membership.serial().execute(new Admission(membership, packet.data()));
    }

    @Override
    public void onClose(CloseReason reason) {
        List<Membership> all;
        synchronized (memberships) {
            closed = true;
            all = List.copyOf(memberships);
            memberships.clear();
            if (connectTimeout != null) {
                connectTimeout.cancel(false);
            }
        }
        all.forEach(membership -> membership.end().ifPresent(socket -> socket.leave(DisconnectReason.of(reason))));
    }

    // Called by anyone:

    private Optional<Membership> membership(String namespace) {
        synchronized (memberships) {
            for (var membership : memberships) {
                if (membership.namespace().name().equals(namespace)) {
                    return Optional.of(membership);
                }
            }
            return Optional.empty();
        }
    }

    /** Ends a membership and returns who had it; packets that are still on their way to it are ignored. */
    Optional<Socket> remove(Membership membership) {
        synchronized (memberships) {
            if (memberships.remove(membership)) {
                if (left.isEmpty()) {
                    left = new HashSet<>(2);
                }
                if (left.size() < 4 * server.settings().maxNamespaces()) {
                    left.add(membership.namespace().name());
                }
                if (memberships.isEmpty() && !closed) {
                    awaitConnect();
                }
            }
        }
        return membership.end();
    }

    private void awaitConnect() {
        var timeout = server.settings().connectTimeout();
        connectTimeout = session.schedule(() -> {
            boolean idle;
            synchronized (memberships) {
                idle = memberships.isEmpty();
            }
            if (idle) {
                session.close(CloseReason.CONNECT_TIMEOUT);
            }
        }, Duration.ofNanos(timeout.toNanos()));
    }
}
