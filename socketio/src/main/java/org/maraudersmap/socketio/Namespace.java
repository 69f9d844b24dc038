package org.maraudersmap.socketio;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.socketio.engineio.EncodedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A namespace: its sockets, their rooms, and what to do with their events. Set it up before the server takes
 * connections; emit and look around at any time, from any thread.
 */
public final class Namespace {
    private static final Logger LOG = LoggerFactory.getLogger(Namespace.class);
    /** So many recipients that handing out takes longer than an event loop takes to wake up. */
    private static final int MANY = 500;

    private final String name;
    private final SocketIoServer server;
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final Map<String, Socket> socketsBySession = new ConcurrentHashMap<>();
    private final RoomIndex<Socket> rooms = new RoomIndex<>();
    private final List<Middleware> middleware = new CopyOnWriteArrayList<>();
    private final List<Consumer<Socket>> connectionHandlers = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Socket, DisconnectReason>> disconnectHandlers = new CopyOnWriteArrayList<>();
    private final Map<String, EventHandler> handlers = new ConcurrentHashMap<>();
    private volatile EventHandler unhandled = (socket, event) -> LOG.debug("No handler for {} of {}", event, socket);
    private volatile EventHandler limited = (socket, event) -> LOG.debug("{} sends too much: {}", socket, event);
    private volatile EventHandler.OnError onError = (socket, event, error) -> LOG.error("Handling {} of {} failed",
            event, socket, error);
    private final AtomicLong ackIds = new AtomicLong();
    private final Object recording = new Object();
    private volatile @Nullable Offset lastOffset;

    Namespace(String name, SocketIoServer server) {
        this.name = name;
        this.server = server;
    }

    /** Its name, which begins with a slash. */
    public String name() {
        return name;
    }

    // Set-up

    /** Adds a middleware; all of them must accept a client, in the order in which they were added. */
    public Namespace use(Middleware added) {
        middleware.add(added);
        return this;
    }

    /**
     * Called for every accepted socket, on its virtual thread, after the client was told (and, if it recovered, was
     * sent all that it missed) and before any of its events. With recovery, live broadcasts wait until this returns.
     */
    public Namespace onConnection(Consumer<Socket> handler) {
        connectionHandlers.add(handler);
        return this;
    }

    /** Called once for every socket that was in, after its last event, on its virtual thread. */
    public Namespace onDisconnect(BiConsumer<Socket, DisconnectReason> handler) {
        disconnectHandlers.add(handler);
        return this;
    }

    /** Handles one kind of event of all sockets. */
    public Namespace on(String event, EventHandler handler) {
        handlers.put(event, handler);
        return this;
    }

    /** Handles one kind of event of all sockets, with its first argument converted. */
    public <T> Namespace on(String event, Class<T> type, EventHandler.Typed<T> handler) {
        return on(event, (socket, received) -> handler.handle(socket, received.arg(0, type), received));
    }

    /** Handles events that nothing else handles; by default they are logged at debug level. */
    public Namespace onUnhandled(EventHandler handler) {
        unhandled = handler;
        return this;
    }

    /** Answers events that come too fast ({@link SocketIoSettings#eventsPerSecond}) instead of their handler. */
    public Namespace onRateLimited(EventHandler handler) {
        limited = handler;
        return this;
    }

    /** Hears of handlers' exceptions; by default they are logged. */
    public Namespace onError(EventHandler.OnError handler) {
        onError = handler;
        return this;
    }

    // Looking around

    /** All sockets, as they are now. */
    public Collection<Socket> sockets() {
        return List.copyOf(sockets.values());
    }

    /** A socket by its id. */
    public Optional<Socket> socket(String id) {
        return Optional.ofNullable(sockets.get(id));
    }

    /** The sockets of a room, as they are now; empty if there is no such room. */
    public Collection<Socket> sockets(String room) {
        return List.copyOf(membersOf(room));
    }

    /** The rooms that somebody is in, without those that are one socket's own. */
    public Set<String> rooms() {
        return rooms.names();
    }

    // Emitting

    /** A broadcast to everybody, to narrow down. */
    public Broadcast broadcast() {
        return new Broadcast(this);
    }

    /** Sends an event to everybody; as {@link Socket#emit}. */
    public void emit(String event, @Nullable Object @Nullable... args) {
        broadcast().emit(event, args);
    }

    /** A broadcast to whoever is in at least one of the rooms. */
    public Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** The same as {@link #to}. */
    public Broadcast in(String... rooms) {
        return to(rooms);
    }

    /** A broadcast to everybody but those in the rooms. */
    public Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** Sends what another node has handed to its {@link Relay}. */
    public void receive(Relay.Relayed relayed) {
        var message = relayed.message();
        deliver(recipients(new Broadcast(this).to(message.rooms().toArray(String[]::new))
                .except(message.except().toArray(String[]::new))), message.event(), message.args(), relayed.offset(),
                relayed.isVolatile(), OptionalLong.empty(), null);
    }

    /**
     * Closes the connection whose session is this one, if it is here and of a lower generation: its client has come
     * back
     * on another node. Nothing of the session is saved any more.
     */
    public void giveWay(String pid, long generation) {
        socketOfSession(pid).filter(socket -> socket.generation() < generation).ifPresent(Socket::giveWay);
    }

    // For the library

    Verdict decide(Handshake handshake) throws Exception {
        var accepted = Verdict.accept();
        for (var each : middleware) {
            switch (each.decide(handshake)) {
                case Verdict.Accepted more -> accepted = accepted.and(more);
                case Verdict.Refused refused -> {
                    return refused;
                }
            }
        }
        return accepted;
    }

    void add(Socket socket) {
        sockets.put(socket.id(), socket);
        if (!socket.pid().isEmpty()) {
            socketsBySession.put(socket.pid(), socket);
        }
    }

    void remove(Socket socket) {
        sockets.remove(socket.id(), socket);
    }

    /** Its last word has been said; until then a client that comes back waits for it. */
    void removeSessionOf(Socket socket) {
        if (!socket.pid().isEmpty()) {
            socketsBySession.remove(socket.pid(), socket);
        }
    }

    void add(String room, Socket socket) {
        rooms.add(room, socket);
    }

    void remove(String room, Socket socket) {
        rooms.remove(room, socket);
    }

    /** The socket that has a session here, or has left and is not done with it yet. */
    Optional<Socket> socketOfSession(String pid) {
        return Optional.ofNullable(socketsBySession.get(pid));
    }

    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    /** The later one of a socket's floor and the last offset that was broadcast here. */
    Optional<Offset> lastOffset(Optional<Offset> floor) {
        var last = lastOffset;
        if (last == null) {
            return floor;
        }
        return floor.isPresent() && floor.get().isAfter(last) ? floor : Optional.of(last);
    }

    private void noteOffset(Offset offset) {
        var last = lastOffset;
        if (last == null || offset.isAfter(last) || !offset.epoch().equals(last.epoch())) {
            lastOffset = offset;
        }
    }

    void connected(Socket socket) {
        for (var handler : connectionHandlers) {
            try {
                handler.accept(socket);
            } catch (RuntimeException e) {
                LOG.error("A connection handler of {} failed for {}", name, socket, e);
            }
        }
    }

    void disconnected(Socket socket, @Nullable Consumer<DisconnectReason> own, DisconnectReason reason) {
        try {
            if (own != null) {
                own.accept(reason);
            }
        } catch (RuntimeException e) {
            LOG.error("The disconnect handler of {} failed", socket, e);
        }
        for (var handler : disconnectHandlers) {
            try {
                handler.accept(socket, reason);
            } catch (RuntimeException e) {
                LOG.error("A disconnect handler of {} failed for {}", name, socket, e);
            }
        }
    }

    void handle(@Nullable EventHandler own, Socket socket, Event event) {
        var shared = own == null ? handlers.get(event.name()) : own;
        run(shared == null ? unhandled : shared, socket, event);
    }

    void rateLimited(Socket socket, Event event) {
        run(limited, socket, event);
    }

    private void run(EventHandler handler, Socket socket, Event event) {
        try {
            handler.handle(socket, event);
        } catch (Exception e) {
            server.metrics().handlerFailed(name, event.name());
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            onError.failed(socket, event, e);
        }
    }

    void emitTo(Socket socket, String event, List<?> args) {
        var _ = EventName.requireFree(event);
        var recovery = server.recovery();
        if (recovery != null) {
            synchronized (recording) {
                var offset = recovery.record(new Recovery.Message(name, Set.of(socket.id()), Set.of(), event, args));
                if (offset.isPresent()) {
                    deliver(List.of(socket), event, args, offset, false, OptionalLong.empty(), null);
                    return;
                }
            }
        }
        socket.sendState(server.encoder().event(name, OptionalLong.empty(), event, args, Optional.empty()));
    }

    /** Sends to whom a broadcast is for. */
    void emit(Broadcast broadcast, String event, List<?> args, OptionalLong ackId,
            PendingAcks.@Nullable Listener listener) {
        var _ = EventName.requireFree(event);
        var message = new Recovery.Message(name, broadcast.rooms(), broadcast.exceptRooms(), event, args);
        var recovery = server.recovery();
        if (broadcast.offset().isPresent() || recovery == null || broadcast.isVolatile() || listener != null) {
            deliver(recipients(broadcast), event, args, broadcast.offset(), broadcast.isVolatile(), ackId, listener);
            relay(broadcast, message, broadcast.offset());
            return;
        }
        Optional<Offset> offset;
        synchronized (recording) {
            // In the order of their offsets, or the later one would make the floor pass the earlier one by.
            offset = recovery.record(message);
            if (offset.isPresent()) {
                deliver(recipients(broadcast), event, args, offset, false, ackId, null);
            }
        }
        if (offset.isEmpty()) {
            deliver(recipients(broadcast), event, args, offset, false, ackId, null);
        }
        relay(broadcast, message, offset);
    }

    private void relay(Broadcast broadcast, Recovery.Message message, Optional<Offset> offset) {
        var relay = server.relay();
        if (relay != null && !broadcast.isLocal()) {
            relay.forward(new Relay.Relayed(message, offset, broadcast.isVolatile()));
        }
    }

    private void deliver(Collection<Socket> recipients, String event, List<?> args, Optional<Offset> offset,
            boolean isVolatile, OptionalLong ackId, PendingAcks.@Nullable Listener listener) {
        if (recipients.size() < MANY) {
            deliverNow(recipients, event, args, offset, isVolatile, ackId, listener);
        } else {
            server.handOut(() -> deliverNow(recipients, event, args, offset, isVolatile, ackId, listener));
        }
    }

    private void deliverNow(Collection<Socket> recipients, String event, List<?> args, Optional<Offset> offset,
            boolean isVolatile, OptionalLong ackId, PendingAcks.@Nullable Listener listener) {
        var count = 0;
        EncodedMessage message = null;
        for (var socket : recipients) {
            if (message == null) {
                message = server.encoder().event(name, ackId, event, args, offset);
            }
            if (socket.deliver(message, offset, isVolatile, ackId, listener)) {
                count++;
            }
        }
        offset.ifPresent(this::noteOffset);
        server.metrics().broadcast(name, count);
    }

    /** Whom a broadcast is for; the collection may be a live one. */
    Collection<Socket> recipients(Broadcast broadcast) {
        var wanted = broadcast.rooms();
        var except = broadcast.exceptRooms();
        Collection<Socket> base;
        if (wanted.isEmpty()) {
            base = sockets.values();
        } else if (wanted.size() == 1) {
            base = membersOf(wanted.iterator().next());
        } else {
            var union = new HashSet<Socket>();
            wanted.forEach(room -> union.addAll(membersOf(room)));
            base = union;
        }
        if (except.isEmpty()) {
            return base;
        }
        var rest = new ArrayList<Socket>(base.size());
        for (var socket : base) {
            if (except.stream().noneMatch(room -> isMember(room, socket))) {
                rest.add(socket);
            }
        }
        return rest;
    }

    private Collection<Socket> membersOf(String room) {
        return rooms.members(room).<Collection<Socket>>map(members -> members)
                .orElseGet(() -> socket(room).map(List::of).orElse(List.of()));
    }

    private boolean isMember(String room, Socket socket) {
        return room.equals(socket.id()) || rooms.contains(room, socket);
    }

    @Override
    public String toString() {
        return "namespace %s with %d sockets".formatted(name, sockets.size());
    }
}
