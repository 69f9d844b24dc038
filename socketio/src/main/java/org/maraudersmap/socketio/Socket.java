package org.maraudersmap.socketio;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.socketio.engineio.CloseReason;
import org.maraudersmap.socketio.engineio.EncodedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One client in one namespace, from its acceptance to its disconnection. Safe for use by any thread; nothing here
 * blocks but {@link #saveSession}. What one thread emits arrives in that order.
 *
 * <p>
 * Its <em>floor</em> is the offset up to which it has been served. It moves on with every message that carries an
 * offset, and such a message at or below it is never sent. Messages without offset are states and have nothing to do
 * with it.
 */
public final class Socket {
    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);

    private enum State {
        NEW, IN, LEFT
    }

    /** A live message that waits until the socket has been replayed to. */
    private record Held(EncodedMessage message, Optional<Offset> offset) {}

    private final Membership membership;
    private final Namespace namespace;
    private final SocketIoServer server;
    private final Verdict.Accepted accepted;
    private final String id;
    private final String pid;
    private final long generation;
    private final boolean recovered;
    private final RateLimiter limiter;
    private final CountDownLatch left = new CountDownLatch(1);
    private final Object lock = new Object();
    private final PendingAcks acks = new PendingAcks();
    private final @Nullable SessionKeeper keeper;
    private volatile Map<Class<?>, Object> attachments;
    private volatile Map<String, EventHandler> handlers = Map.of();
    private volatile @Nullable Consumer<DisconnectReason> onDisconnect;
    private volatile boolean silenced;

    // Guarded by lock:
    private State state = State.NEW;
    private Map<String, Optional<Offset>> rooms = Map.of();
    private @Nullable Offset start;
    private @Nullable Offset floor;
    private @Nullable ArrayDeque<Held> held;
    private boolean overflowed;

    Socket(Membership membership, Verdict.Accepted accepted, String id, String pid, long generation,
            boolean recovered) {
        this.membership = membership;
        this.namespace = membership.namespace();
        this.server = membership.connection().server();
        this.accepted = accepted;
        this.id = id;
        this.pid = pid;
        this.generation = generation;
        this.recovered = recovered;
        this.attachments = accepted.attachments();
        this.limiter = new RateLimiter(server.settings().eventsPerSecond(), server.nanos());
        var recovery = server.recovery();
        if (recovery == null) {
            keeper = null;
        } else {
            keeper = new SessionKeeper(recovery, server.executor(), this::remember);
            held = new ArrayDeque<>(1);
        }
    }

    // Who it is

    /** The public id, unguessable; other clients may know it. Also the name of a room that only this socket is in. */
    public String id() {
        return id;
    }

    /** The namespace that it is in. */
    public Namespace namespace() {
        return namespace;
    }

    /** Who the middleware said it is. */
    public Optional<String> user() {
        return accepted.user();
    }

    /** Whether it went on where a former connection of its client broke: rooms and missed messages are there. */
    public boolean recovered() {
        return recovered;
    }

    /** The client's address. */
    public InetAddress remoteAddress() {
        return membership.connection().session().request().remoteAddress();
    }

    /** When the last packet of any kind came from the client, pongs included. */
    public Instant lastSeen() {
        return membership.connection().session().lastSeen();
    }

    /** Whether it is in its namespace; it may leave the next moment. */
    public boolean isConnected() {
        synchronized (lock) {
            return state == State.IN;
        }
    }

    /**
     * What the middleware attached, or {@link #attach} since.
     *
     * @throws IllegalStateException
     *             if there is nothing of that type
     */
    public <T> T attachment(Class<T> type) {
        var value = attachments.get(type);
        if (value == null) {
            throw new IllegalStateException("Socket %s carries no %s; attach one in the namespace's middleware"
                    .formatted(id, type.getSimpleName()));
        }
        return type.cast(value);
    }

    /** Attaches a value, in place of the one of the same type. */
    public <T> void attach(Class<T> type, T value) {
        synchronized (lock) {
            var more = new HashMap<>(attachments);
            more.put(type, type.cast(value));
            attachments = Map.copyOf(more);
        }
    }

    // Events from the client

    /** Handles one kind of event of this socket, in place of the namespace's handler for it. */
    public void on(String event, EventHandler handler) {
        synchronized (lock) {
            var more = new HashMap<>(handlers);
            more.put(event, handler);
            handlers = Map.copyOf(more);
        }
    }

    /** Handles one kind of event of this socket, with its first argument converted. */
    public <T> void on(String event, Class<T> type, EventHandler.Typed<T> handler) {
        on(event, (socket, received) -> handler.handle(socket, received.arg(0, type), received));
    }

    /** Called once when it has left, after its last event was handled, on a virtual thread. Before the namespace's. */
    public void onDisconnect(Consumer<DisconnectReason> listener) {
        onDisconnect = listener;
    }

    // Emitting

    /**
     * Sends an event to this client.
     *
     * @param event
     *            none of the names that the protocol reserves, such as {@code disconnect}
     * @param args
     *            become JSON, also null; {@code byte[]} and binary nodes, wherever they are in it, become attachments
     * @throws IllegalArgumentException
     *             if the name is reserved
     */
    public void emit(String event, @Nullable Object @Nullable... args) {
        namespace.emitTo(this, event, Arguments.of(args));
    }

    /** Sends an event if the client is keeping up, and forgets it otherwise. */
    public void emitVolatile(String event, @Nullable Object @Nullable... args) {
        var message = encode(OptionalLong.empty(), event, Arguments.of(args), Optional.empty());
        synchronized (lock) {
            if (state == State.IN) {
                var _ = membership.connection().session().sendVolatile(message);
            }
        }
    }

    /**
     * Sends an event with the socket's floor as its offset: it tells the client from where it is served. It is sent
     * although nothing else at the floor is, and it moves nothing. Without a floor it is sent without offset.
     */
    public void emitFloor(String event, @Nullable Object @Nullable... args) {
        synchronized (lock) {
            sendNow(encode(OptionalLong.empty(), event, Arguments.of(args), Optional.ofNullable(floor)));
        }
    }

    /**
     * Sends an event and waits for its acknowledgement.
     *
     * @return its arguments; fails with a {@link java.util.concurrent.TimeoutException} or a
     *         {@link DisconnectedException}. Completes on any thread: use the {@code …Async} methods to go on
     */
    public CompletableFuture<List<JsonNode>> emitWithAck(Duration timeout, String event,
            @Nullable Object @Nullable... args) {
        var result = new CompletableFuture<List<JsonNode>>();
        var ackId = namespace.nextAckId();
        var listener = new PendingAcks.Listener() {
            @Override
            public void acknowledged(Socket socket, List<JsonNode> reply) {
                result.complete(reply);
            }

            @Override
            public void disconnected(Socket socket) {
                result.completeExceptionally(new DisconnectedException(id));
            }
        };
        var message = encode(OptionalLong.of(ackId), event, Arguments.of(args), Optional.empty());
        synchronized (lock) {
            if (state != State.IN) {
                result.completeExceptionally(new DisconnectedException(id));
                return result;
            }
            acks.expect(ackId, listener);
            sendNow(message);
        }
        return result.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).whenComplete((_, _) -> acks.take(ackId));
    }

    /** A broadcast to everybody in the namespace but this socket. */
    public Broadcast broadcast() {
        return namespace.except(id);
    }

    /** A broadcast to rooms, without this socket. */
    public Broadcast to(String... rooms) {
        return namespace.to(rooms).except(id);
    }

    // Rooms

    /**
     * Joins rooms; at once, and nothing if it has left. With recovery, messages that this node has broadcast before are
     * not replayed for these rooms.
     */
    public void join(String... names) {
        for (var name : names) {
            join(name, namespace.lastOffset(floor()));
        }
    }

    /** Joins a room whose messages up to and with {@code since} are not replayed on recovery. */
    public void join(String room, Offset since) {
        join(room, Optional.of(since));
    }

    private void join(String room, Optional<Offset> since) {
        synchronized (lock) {
            if (state != State.IN || rooms.containsKey(room) || room.equals(id)) {
                return;
            }
            addRoom(room, since);
            changed();
        }
    }

    private void addRoom(String room, Optional<Offset> since) {
        if (rooms.isEmpty()) {
            rooms = new HashMap<>(4);
        }
        rooms.put(room, since);
        namespace.add(room, this);
    }

    /** Leaves a room; at once. */
    public void leave(String room) {
        synchronized (lock) {
            if (state == State.IN && rooms.containsKey(room)) {
                rooms.remove(room);
                namespace.remove(room, this);
                changed();
            }
        }
    }

    /** The rooms that it is in, its own among them; after it has left, those that it was in. */
    public Set<String> rooms() {
        synchronized (lock) {
            var all = new HashSet<>(rooms.keySet());
            all.add(id);
            return all;
        }
    }

    // Floor and recovery

    /** The offset up to which it has been served; empty if there are no offsets here. */
    public Optional<Offset> floor() {
        synchronized (lock) {
            return Optional.ofNullable(floor);
        }
    }

    /**
     * Returns when the session as it is now (its rooms) is saved, so that it survives what the {@link Recovery}
     * survives. Rooms are also saved by themselves soon after they change. Does nothing without recovery. Blocks: for
     * virtual threads.
     *
     * @throws IllegalStateException
     *             if a newer connection of the client has taken the session over
     */
    public void saveSession() {
        if (keeper != null) {
            keeper.save();
        }
    }

    private void changed() {
        if (keeper != null) {
            keeper.changed();
        }
    }

    Recovery.Session remember() {
        synchronized (lock) {
            var first = start == null ? Offset.of("none", 0) : start;
            var since = new HashMap<String, Offset>();
            rooms.forEach((room, offset) -> since.put(room, offset.orElse(first)));
            return new Recovery.Session(pid, generation, namespace.name(), id, user(), first, since, lastSeen());
        }
    }

    String pid() {
        return pid;
    }

    long generation() {
        return generation;
    }

    /** Where it starts: everything up to there it has, or takes by a snapshot. */
    void begin(Offset offset) {
        synchronized (lock) {
            start = offset;
            floor = offset;
        }
    }

    void sendConnect(Optional<String> publicPid) {
        membership.connection().session().send(server.encoder().connect(namespace.name(), id, publicPid));
    }

    /**
     * Enters the namespace and its first rooms, and those of its former session that it may have back, unless
     * the client is gone already. Messages to a first room that it was not in before are replayed from where the client
     * is: nobody knows since when it belongs there. Without recovery it tells the client: who hears that it is in, is
     * in, and hears nothing before that.
     */
    boolean enter(Map<String, Offset> former) {
        synchronized (lock) {
            if (state != State.NEW) {
                return false;
            }
            state = State.IN;
            namespace.add(this);
            former.forEach((room, since) -> {
                if (accepted.rooms().contains(room) || accepted.mayRestore().test(room)) {
                    addRoom(room, Optional.of(since));
                }
            });
            var served = Optional.ofNullable(floor);
            var since = recovered ? served : namespace.lastOffset(served);
            for (var room : accepted.rooms()) {
                if (!rooms.containsKey(room)) {
                    addRoom(room, since);
                }
            }
            if (held == null) {
                sendConnect(Optional.empty());
            }
            return true;
        }
    }

    /**
     * Sends what was missed, page by page, each when the client has taken the one before; the floor is {@code upTo}
     * then.
     */
    void replay(Recovery recovery, Offset upTo) {
        var patience = server.settings().engine().pingInterval().plus(server.settings().engine().pingTimeout());
        var session = remember();
        var after = floor();
        var count = 0;
        while (after.isPresent() && isConnected()) {
            var page = recovery.replay(this, session, after.get(), upTo);
            for (var message : page.messages()) {
                sendReplayed(message);
            }
            count += page.messages().size();
            after = page.next();
            try {
                if (!membership.connection().session().awaitDrained(patience)) {
                    membership.connection().session().close(CloseReason.SLOW_CONSUMER);
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                membership.connection().session().close(CloseReason.FORCED_CLOSE);
                return;
            }
        }
        server.metrics().replayed(namespace.name(), count);
        synchronized (lock) {
            if (floor == null || upTo.isAfter(floor) || !upTo.epoch().equals(floor.epoch())) {
                floor = upTo;
            }
        }
    }

    private void sendReplayed(Recovery.Replayed replayed) {
        EncodedMessage message;
        try {
            message = replayed.encodedBy(server.encoder(), namespace.name());
        } catch (JacksonException e) {
            // It could not be sent when it was live either, and whoever emitted it was told.
            LOG.warn("Message {} at {} has no JSON form and is left out", replayed.event(), replayed.offset(), e);
            return;
        }
        synchronized (lock) {
            if (passesFloor(replayed.offset())) {
                sendNow(message);
            }
        }
    }

    /** Sends what was held and is above the floor; from now on messages go out as they come. */
    void goLive(Recovery recovery) {
        while (true) {
            synchronized (lock) {
                var waiting = held;
                if (waiting == null) {
                    return;
                }
                if (!overflowed) {
                    held = null;
                    if (keeper != null) {
                        keeper.begin();
                    }
                    for (var message : waiting) {
                        if (message.offset().isEmpty() || passesFloor(message.offset().get())) {
                            sendNow(message.message());
                        }
                    }
                    return;
                }
                overflowed = false;
            }
            // More came than may wait; what was dropped is in the log.
            replay(recovery, recovery.head(namespace.name()));
        }
    }

    /** Delivers a message of a broadcast; under the floor and hold rules. */
    boolean deliver(EncodedMessage message, Optional<Offset> offset, boolean isVolatile, OptionalLong ackId,
            PendingAcks.@Nullable Listener listener) {
        synchronized (lock) {
            if (state != State.IN) {
                return false;
            }
            var waiting = held;
            if (waiting == null && offset.isPresent() && !passesFloor(offset.get())) {
                return false;
            }
            if (listener != null) {
                acks.expect(ackId.orElseThrow(), listener);
                listener.expected(this);
            }
            if (waiting != null) {
                return hold(waiting, message, offset, isVolatile);
            }
            var session = membership.connection().session();
            return isVolatile ? session.sendVolatile(message) : session.send(message);
        }
    }

    private boolean hold(ArrayDeque<Held> waiting, EncodedMessage message, Optional<Offset> offset,
            boolean isVolatile) {
        if (isVolatile || overflowed) {
            return false;
        }
        if (waiting.size() >= server.settings().maxHeld()) {
            waiting.clear();
            overflowed = true;
            return false;
        }
        waiting.add(new Held(message, offset));
        return true;
    }

    /** Whether it is above the floor, which then moves on to it. Another epoch starts over. */
    private boolean passesFloor(Offset offset) {
        var current = floor;
        if (current != null && current.epoch().equals(offset.epoch()) && !offset.isAfter(current)) {
            return false;
        }
        floor = offset;
        return true;
    }

    private void sendNow(EncodedMessage message) {
        if (state == State.IN) {
            membership.connection().session().send(message);
        }
    }

    /** Sends a message without offset, also while others wait. */
    void sendState(EncodedMessage message) {
        synchronized (lock) {
            sendNow(message);
        }
    }

    private EncodedMessage encode(OptionalLong ackId, String event, List<?> args, Optional<Offset> offset) {
        return server.encoder().event(namespace.name(), ackId, EventName.requireFree(event), args, offset);
    }

    // Acknowledgements

    void forgetAck(long ackId) {
        var _ = acks.take(ackId);
    }

    /** The client acknowledged something; on an event loop. An id that nobody waits for is ignored. */
    void acknowledged(Packet packet) {
        acks.take(packet.id().orElseThrow()).ifPresent(listener -> {
            var args = new ArrayList<JsonNode>();
            packet.data().forEach(args::add);
            server.executor().execute(() -> listener.acknowledged(this, args));
        });
    }

    // Events

    /** The client sent an event; on an event loop. */
    void receive(Packet packet, Runnable done) {
        var data = packet.data();
        var args = new ArrayList<JsonNode>(data.size());
        for (var i = 1; i < data.size(); i++) {
            args.add(data.get(i));
        }
        var event = new Event(data.get(0).asString(), args, server.mapper(), packet.id().isPresent(),
                reply -> acknowledge(packet.id().orElseThrow(), reply));
        var allowed = limiter.allow(server.nanos());
        membership.serial().execute(() -> {
            try {
                if (!allowed) {
                    server.metrics().rateLimited(namespace.name());
                    namespace.rateLimited(this, event);
                } else if (!silenced) {
                    // Also when it has left meanwhile: it was here when it said this.
                    namespace.handle(handlers.get(event.name()), this, event);
                }
            } finally {
                done.run();
            }
        });
    }

    private void acknowledge(long ackId, List<?> reply) {
        var message = server.encoder().ack(namespace.name(), ackId, reply);
        synchronized (lock) {
            sendNow(message);
        }
    }

    // Leaving

    /**
     * Tells the client that it is no longer in this namespace; it does not reconnect by itself. Events of it that wait
     * are not handled any more.
     */
    public void disconnect() {
        if (!isConnected()) {
            return;
        }
        silenced = true;
        membership.connection().session().send(server.encoder().disconnect(namespace.name()));
        var _ = membership.connection().remove(membership);
        leave(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
    }

    /**
     * Closes the connection below, with all its namespaces; the client reconnects by itself, and recovers if it can.
     */
    public void closeConnection() {
        membership.connection().session().close(CloseReason.FORCED_CLOSE);
    }

    /** The client is back on another connection. */
    void giveWay() {
        if (keeper != null) {
            keeper.handOver();
        }
        membership.connection().session().close(CloseReason.SUPERSEDED);
        leave(DisconnectReason.SUPERSEDED);
    }

    boolean awaitLeft(Duration patience) {
        try {
            return left.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave(DisconnectReason reason) {
        boolean wasIn;
        synchronized (lock) {
            if (state == State.LEFT) {
                return;
            }
            wasIn = state == State.IN;
            state = State.LEFT;
            held = null;
            // First, so that who sees that it is gone may count on its place.
            server.uncountUser(accepted.user());
            if (wasIn) {
                rooms.keySet().forEach(room -> namespace.remove(room, this));
                namespace.remove(this);
            }
        }
        acks.takeAll().forEach(listener -> listener.disconnected(this));
        if (!wasIn) {
            left.countDown();
            return;
        }
        server.metrics().socketDisconnected(namespace.name(), reason);
        membership.serial().execute(() -> {
            try {
                if (keeper != null) {
                    keeper.end(reason.isRecoverable());
                }
                namespace.disconnected(this, onDisconnect, reason);
            } finally {
                namespace.removeSessionOf(this);
                left.countDown();
            }
        });
    }

    @Override
    public String toString() {
        return "socket %s in %s".formatted(id, namespace.name());
    }
}
