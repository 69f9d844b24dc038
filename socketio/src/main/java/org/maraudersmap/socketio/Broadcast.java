package org.maraudersmap.socketio;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * To whom an event goes and how; each method returns a changed copy. A broadcast is encoded once, however many sockets
 * it goes to. Broadcasts by one thread reach each socket in that order.
 */
public final class Broadcast {
    private final Namespace namespace;
    private final Set<String> rooms;
    private final Set<String> except;
    private final Optional<Offset> offset;
    private final boolean isVolatile;
    private final boolean isLocal;

    Broadcast(Namespace namespace) {
        this(namespace, Set.of(), Set.of(), Optional.empty(), false, false);
    }

    private Broadcast(Namespace namespace, Set<String> rooms, Set<String> except, Optional<Offset> offset,
            boolean isVolatile, boolean isLocal) {
        this.namespace = namespace;
        this.rooms = rooms;
        this.except = except;
        this.offset = offset;
        this.isVolatile = isVolatile;
        this.isLocal = isLocal;
    }

    /** Whoever is in at least one of these rooms, or of those named before. */
    public Broadcast to(String... more) {
        return new Broadcast(namespace, with(rooms, more), except, offset, isVolatile, isLocal);
    }

    /** The same as {@link #to}. */
    public Broadcast in(String... more) {
        return to(more);
    }

    /** But not those in one of these rooms (a socket's id is a room). */
    public Broadcast except(String... more) {
        return new Broadcast(namespace, rooms, with(except, more), offset, isVolatile, isLocal);
    }

    /**
     * As the message of this offset: it is added as the last argument, which is where clients look for it, and sockets
     * whose floor is at or above it are left out. Emit the messages of a namespace in the order of their offsets.
     */
    public Broadcast at(Offset value) {
        return new Broadcast(namespace, rooms, except, Optional.of(value), isVolatile, isLocal);
    }

    /** Only to those that are keeping up; never with an offset, since it may be lost. */
    public Broadcast volatileOnly() {
        return new Broadcast(namespace, rooms, except, Optional.empty(), true, isLocal);
    }

    /** Only to the sockets of this node; without a {@link Relay} all are. */
    public Broadcast local() {
        return new Broadcast(namespace, rooms, except, offset, isVolatile, true);
    }

    /** Sends an event; as {@link Socket#emit}. */
    public void emit(String event, @Nullable Object @Nullable... args) {
        namespace.emit(this, event, Arguments.of(args), OptionalLong.empty(), null);
    }

    /**
     * Sends an event to the sockets of this node and gathers the acknowledgements.
     *
     * @return completes when all have answered or the time is over, on any thread; never fails
     */
    public CompletableFuture<BroadcastReplies> emitWithAck(Duration timeout, String event,
            @Nullable Object @Nullable... args) {
        var gathering = new Gathering(namespace.nextAckId());
        namespace.emit(this, event, Arguments.of(args), OptionalLong.of(gathering.ackId), gathering);
        gathering.sent();
        return gathering.result.completeOnTimeout(gathering, timeout.toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(Gathering::close);
    }

    /** The sockets that it would go to now. */
    public Collection<Socket> fetchSockets() {
        return List.copyOf(namespace.recipients(this));
    }

    /** Lets them all join rooms. */
    public void socketsJoin(String... names) {
        fetchSockets().forEach(socket -> socket.join(names));
    }

    /** Lets them all leave a room. */
    public void socketsLeave(String room) {
        fetchSockets().forEach(socket -> socket.leave(room));
    }

    /** Disconnects them all; see {@link Socket#disconnect}. */
    public void disconnectSockets() {
        fetchSockets().forEach(Socket::disconnect);
    }

    Set<String> rooms() {
        return rooms;
    }

    Set<String> exceptRooms() {
        return except;
    }

    Optional<Offset> offset() {
        return offset;
    }

    boolean isVolatile() {
        return isVolatile;
    }

    boolean isLocal() {
        return isLocal;
    }

    private static Set<String> with(Set<String> some, String... more) {
        if (some.isEmpty()) {
            return Set.copyOf(List.of(more));
        }
        var all = new HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    /** Acknowledgements as they come in. */
    private static final class Gathering implements PendingAcks.Listener {
        private final long ackId;
        private final CompletableFuture<Gathering> result = new CompletableFuture<>();
        private final Map<Socket, @Nullable List<JsonNode>> replies = new HashMap<>();
        private boolean sent;
        private int settled;

        Gathering(long ackId) {
            this.ackId = ackId;
        }

        /** It went to everybody; nobody is added any more. */
        void sent() {
            synchronized (replies) {
                sent = true;
            }
            settle(0);
        }

        @Override
        public void expected(Socket socket) {
            synchronized (replies) {
                replies.put(socket, null);
            }
        }

        @Override
        public void acknowledged(Socket socket, List<JsonNode> args) {
            synchronized (replies) {
                replies.put(socket, args);
            }
            settle(1);
        }

        @Override
        public void disconnected(Socket socket) {
            settle(1);
        }

        private void settle(int more) {
            boolean complete;
            synchronized (replies) {
                settled += more;
                complete = sent && settled >= replies.size();
            }
            if (complete) {
                result.complete(this);
            }
        }

        BroadcastReplies close() {
            var answered = new HashMap<String, List<JsonNode>>();
            var missing = new HashSet<String>();
            List<Socket> asked;
            synchronized (replies) {
                asked = List.copyOf(replies.keySet());
                replies.forEach((socket, args) -> {
                    if (args == null) {
                        missing.add(socket.id());
                    } else {
                        answered.put(socket.id(), args);
                    }
                });
            }
            asked.forEach(socket -> socket.forgetAck(ackId));
            return new BroadcastReplies(answered, missing);
        }
    }
}
