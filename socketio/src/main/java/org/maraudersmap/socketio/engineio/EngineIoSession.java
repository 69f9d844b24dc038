package org.maraudersmap.socketio.engineio;

import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO 4 session: a client, over polling, WebSocket or first the one and then the other. Safe for use by any
 * thread; nothing here blocks but {@link #awaitDrained}.
 *
 * <p>
 * What is sent waits in one bounded queue, in order, and is written by the event loop of the transport that carries the
 * session at that time. A session whose client does not drain it is closed ({@link CloseReason#SLOW_CONSUMER}).
 */
public final class EngineIoSession {
    private static final EncodedMessage PING = EncodedMessage.control("2");
    private static final EncodedMessage PONG_PROBE = EncodedMessage.control("3probe");
    static final byte[] NOOP = {'6'};
    private static final byte[] CLOSE = {'1'};
    /** How long a poll that comes during an upgrade is kept, unless there is something to say. */
    private static final long NOOP_DELAY_MILLIS = 50;
    /** So much at most goes to the channel before its writability is looked at again. */
    private static final int WRITE_CHUNK_BYTES = 256 << 10;

    private final EngineIoServer server;
    private final String id;
    private final HandshakeRequest request;
    private final EventExecutor timerLoop;
    private final boolean base64;
    private final Object inbound = new Object();
    private final EngineIoHandler handler;
    private final Heartbeat heartbeat;

    // Guarded by this:
    private List<EncodedMessage> queue = List.of();
    private int queuedBytes;
    private boolean drainDue;
    private boolean closed;
    private @Nullable WebSocketTransport webSocket;
    private @Nullable Exchange poll;
    private boolean pollCameDuringUpgrade;
    private @Nullable WebSocketTransport candidate;
    private boolean probed;
    private boolean paused;
    private @Nullable Exchange heldPost;
    private int waiters;

    EngineIoSession(EngineIoServer server, String id, HandshakeRequest request, EventExecutor timerLoop) {
        this.server = server;
        this.id = id;
        this.request = request;
        this.timerLoop = timerLoop;
        this.base64 = request.query().containsKey("b64");
        this.heartbeat = new Heartbeat(server, timerLoop, () -> send(PING), () -> close(CloseReason.PING_TIMEOUT));
        this.handler = server.handlerFor(this);
    }

    /** The session's id, which is a secret between the client and the server. */
    public String id() {
        return id;
    }

    /** The request that opened it. */
    public HandshakeRequest request() {
        return request;
    }

    /** When the last packet of any kind came from the client, pongs and WebSocket control frames included. */
    public Instant lastSeen() {
        return heartbeat.lastSeen();
    }

    /** Whether it is still open; it may be closed the next moment. */
    public boolean isOpen() {
        synchronized (this) {
            return !closed;
        }
    }

    /** What carries it now. */
    public EngineIoMetrics.Transport transport() {
        synchronized (this) {
            return webSocket == null ? EngineIoMetrics.Transport.POLLING : EngineIoMetrics.Transport.WEBSOCKET;
        }
    }

    EngineIoServer server() {
        return server;
    }

    EngineIoHandler handler() {
        return handler;
    }

    boolean isBase64() {
        return base64;
    }

    /** Runs an action later on an event loop: it must not block. Cancel it when it is not needed any more. */
    public Future<?> schedule(Runnable action, Duration delay) {
        return timerLoop.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    // Outgoing

    /**
     * Queues a message.
     *
     * @return false if the session is closed, or is now being closed because its queue is full
     */
    public boolean send(EncodedMessage message) {
        LoopOutbox outbox;
        synchronized (this) {
            if (closed) {
                return false;
            }
            if (!queue.isEmpty() && (queue.size() >= server.settings().maxQueuedPackets()
                    || queuedBytes + message.size() > server.settings().maxQueuedBytes())) {
                // Not here: the caller may hold locks that the listeners want.
                if (!timerLoop.isShuttingDown()) {
                    timerLoop.execute(() -> close(CloseReason.SLOW_CONSUMER));
                }
                return false;
            }
            enqueue(message);
            outbox = claimDrain();
        }
        if (outbox != null) {
            outbox.add(this);
        }
        return true;
    }

    /**
     * Queues a message if the client is keeping up, and forgets it otherwise.
     *
     * @return whether it was queued
     */
    public boolean sendVolatile(EncodedMessage message) {
        synchronized (this) {
            var ws = webSocket;
            var ready = ws != null ? ws.isWritable() && (queue.isEmpty() || drainDue) : poll != null;
            if (!ready) {
                return false;
            }
        }
        return send(message);
    }

    private void enqueue(EncodedMessage message) {
        if (queue.isEmpty()) {
            queue = new ArrayList<>(2);
        }
        queue.add(message);
        queuedBytes += message.size();
    }

    /** The outbox that must be told, if something is due that it does not know of yet. Guarded by this. */
    private @Nullable LoopOutbox claimDrain() {
        if (drainDue || closed || queue.isEmpty()) {
            return null;
        }
        var ws = webSocket;
        var request = poll;
        LoopOutbox outbox;
        if (ws != null && ws.isWritable()) {
            outbox = ws.outbox();
        } else if (ws == null && request != null) {
            outbox = server.outbox(request.context().executor());
        } else {
            return null;
        }
        drainDue = true;
        return outbox;
    }

    /** Writes what is due; on the outbox's loop. */
    void drain(LoopOutbox outbox, WriteBatch batch) {
        List<EncodedMessage> messages;
        WebSocketTransport ws;
        Exchange request = null;
        LoopOutbox next = null;
        synchronized (this) {
            drainDue = false;
            if (closed) {
                return;
            }
            ws = webSocket;
            if (ws == null) {
                request = poll;
                if (request == null || queue.isEmpty()) {
                    return;
                }
                poll = null;
                messages = take(Integer.MAX_VALUE);
            } else if (ws.outbox() != outbox) {
                next = claimDrain();
                messages = List.of();
            } else {
                messages = take(WRITE_CHUNK_BYTES);
            }
        }
        if (ws != null && !messages.isEmpty()) {
            ws.write(messages, batch);
            synchronized (this) {
                next = claimDrain();
                wakeDrained();
            }
        } else if (request != null) {
            request.payload(payload(messages));
            synchronized (this) {
                wakeDrained();
            }
        }
        if (next != null) {
            next.add(this);
        }
    }

    private List<EncodedMessage> take(int maxBytes) {
        if (queuedBytes <= maxBytes) {
            var all = queue;
            queue = List.of();
            queuedBytes = 0;
            return all;
        }
        var count = 0;
        var bytes = 0;
        while (count < queue.size() && (count == 0 || bytes < maxBytes)) {
            bytes += queue.get(count++).size();
        }
        var head = List.copyOf(queue.subList(0, count));
        queue = new ArrayList<>(queue.subList(count, queue.size()));
        queuedBytes -= bytes;
        return head;
    }

    private byte[] payload(List<EncodedMessage> messages) {
        if (messages.size() == 1) {
            var bytes = messages.getFirst().payload();
            server.metrics().messagesSent(1, bytes.length);
            return bytes;
        }
        var out = new FrameWriter(64);
        for (var message : messages) {
            if (out.length() > 0) {
                out.raw((byte) PayloadDecoder.SEPARATOR);
            }
            out.raw(message.payload());
        }
        server.metrics().messagesSent(messages.size(), out.length());
        return out.bytes();
    }

    /** The WebSocket's buffer has room again. */
    void writable() {
        LoopOutbox outbox;
        synchronized (this) {
            outbox = claimDrain();
            wakeDrained();
        }
        if (outbox != null) {
            outbox.add(this);
        }
    }

    /**
     * Waits until everything that was sent is on its way and the client takes more. For virtual threads.
     *
     * @return false if the session was closed or the time is over
     */
    public boolean awaitDrained(Duration timeout) throws InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        synchronized (this) {
            waiters++;
            try {
                while (!closed && !isDrained()) {
                    var left = deadline - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
                return !closed;
            } finally {
                waiters--;
            }
        }
    }

    private boolean isDrained() {
        var ws = webSocket;
        return queue.isEmpty() && (ws == null || ws.isWritable());
    }

    private void wakeDrained() {
        if (waiters > 0 && (closed || isDrained())) {
            notifyAll();
        }
    }

    // Incoming

    void touch() {
        heartbeat.signOfLife();
    }

    /** Takes a text packet from a WebSocket; on its event loop. */
    void receive(WebSocketTransport from, String packet) throws MalformedPacketException {
        touch();
        boolean isCandidate;
        synchronized (this) {
            if (closed) {
                return;
            }
            isCandidate = from == candidate;
            if (!isCandidate && from != webSocket) {
                return;
            }
        }
        if (!isCandidate) {
            synchronized (inbound) {
                packet(packet);
            }
        } else if (packet.equals("2probe")) {
            probe(from);
        } else if (packet.equals("5")) {
            completeUpgrade(from);
        } else {
            throw new MalformedPacketException("an upgrade begins with a probe");
        }
    }

    /** Takes a binary message from a WebSocket; on its event loop. */
    void receive(WebSocketTransport from, byte[] message) throws MalformedPacketException {
        touch();
        synchronized (this) {
            if (closed || from != webSocket) {
                return;
            }
        }
        synchronized (inbound) {
            server.metrics().messageReceived(message.length);
            handler.onBinary(message);
        }
    }

    private boolean packet(String packet) throws MalformedPacketException {
        if (packet.isEmpty()) {
            throw new MalformedPacketException("a packet has at least its type");
        }
        switch (packet.charAt(0)) {
            case '4' -> {
                server.metrics().messageReceived(packet.length() - 1);
                handler.onText(packet.substring(1));
            }
            case 'b' -> {
                var bytes = PayloadDecoder.base64(packet);
                server.metrics().messageReceived(bytes.length);
                handler.onBinary(bytes);
            }
            case '3' -> heartbeat.pong();
            case '6' -> {
            }
            case '1' -> {
                clientClose();
                return false;
            }
            default -> throw new MalformedPacketException("no packet type that a client may send");
        }
        return isOpen();
    }

    /** Takes what a client posts; on the connection's event loop. */
    void post(Exchange exchange) {
        synchronized (this) {
            if (paused) {
                if (heldPost != null) {
                    exchange.refuse(EngineIoError.BAD_REQUEST);
                } else {
                    heldPost = exchange;
                }
                return;
            }
        }
        touch();
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(exchange.body())).toString();
            synchronized (inbound) {
                PayloadDecoder.decode(text, server.settings().maxPacketsPerPayload(), this::packet);
            }
            exchange.ok();
        } catch (MalformedPacketException | CharacterCodingException e) {
            // In this order: who has read the refusal must find the session gone.
            close(CloseReason.PARSE_ERROR);
            exchange.refuse(EngineIoError.BAD_REQUEST);
        }
    }

    /**
     * Stops taking messages from the client, or goes on; for a handler that has more than it can work off. Messages
     * that are read already still come.
     */
    public void pauseReading(boolean pause) {
        Exchange held;
        synchronized (this) {
            if (paused == pause || closed) {
                return;
            }
            paused = pause;
            held = heldPost;
            heldPost = null;
            if (webSocket != null) {
                webSocket.setReading(!pause);
            }
        }
        if (held != null) {
            var post = held;
            post.context().executor().execute(() -> post(post));
        }
    }

    // Polling

    void poll(Exchange exchange) {
        LoopOutbox outbox = null;
        Exchange first = null;
        synchronized (this) {
            if (closed || webSocket != null) {
                exchange.refuse(EngineIoError.BAD_REQUEST);
                return;
            }
            if (poll != null) {
                first = poll;
            } else {
                poll = exchange;
                pollCameDuringUpgrade = candidate != null;
                exchange.onDisconnect(() -> pollLost(exchange));
                if (probed) {
                    scheduleNoop(exchange);
                }
                outbox = claimDrain();
            }
        }
        if (first != null) {
            // Engine.IO 4: two polls at the same time mean that the client is confused, or not one client.
            close(CloseReason.TRANSPORT_ERROR);
            exchange.refuse(EngineIoError.BAD_REQUEST);
        } else if (outbox != null) {
            outbox.add(this);
        }
    }

    private void pollLost(Exchange exchange) {
        synchronized (this) {
            if (poll != exchange) {
                return;
            }
            poll = null;
        }
        close(CloseReason.TRANSPORT_CLOSE);
    }

    private void scheduleNoop(Exchange exchange) {
        var _ = exchange.context().executor().schedule(() -> {
            synchronized (this) {
                if (poll != exchange) {
                    return;
                }
                poll = null;
            }
            exchange.payload(NOOP);
        }, NOOP_DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }

    // Upgrade

    /** A WebSocket opens the session. */
    void open(WebSocketTransport transport) {
        synchronized (this) {
            webSocket = transport;
        }
        start();
    }

    /** Starts the heartbeat. */
    void start() {
        heartbeat.start();
    }

    /** Begins an upgrade, or returns false if there cannot be one (any more). */
    boolean beginUpgrade(WebSocketTransport transport) {
        synchronized (this) {
            if (closed || webSocket != null || candidate != null) {
                return false;
            }
            candidate = transport;
            probed = false;
        }
        var _ = transport.outbox().loop().schedule(() -> abandonUpgrade(transport),
                server.settings().upgradeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        return true;
    }

    private void abandonUpgrade(WebSocketTransport transport) {
        synchronized (this) {
            if (candidate != transport) {
                return;
            }
            candidate = null;
            probed = false;
        }
        transport.close(CloseReason.FORCED_CLOSE, List.of());
    }

    private void probe(WebSocketTransport transport) {
        try (var batch = new WriteBatch()) {
            transport.write(List.of(PONG_PROBE), batch);
        }
        Exchange waiting = null;
        synchronized (this) {
            probed = true;
            if (poll != null && pollCameDuringUpgrade) {
                scheduleNoop(poll);
            } else {
                waiting = poll;
                poll = null;
            }
        }
        if (waiting != null) {
            // The client waits for its poll to end before it completes the upgrade.
            waiting.payload(NOOP);
        }
    }

    private void completeUpgrade(WebSocketTransport transport) {
        Exchange waiting;
        boolean lateComer;
        LoopOutbox outbox;
        synchronized (this) {
            if (closed || candidate != transport) {
                return;
            }
            candidate = null;
            probed = false;
            webSocket = transport;
            waiting = poll;
            poll = null;
            lateComer = pollCameDuringUpgrade;
            if (paused) {
                transport.setReading(false);
            }
            outbox = claimDrain();
        }
        server.metrics().sessionUpgraded();
        if (waiting != null) {
            if (lateComer) {
                waiting.refuse(EngineIoError.BAD_REQUEST);
            } else {
                waiting.payload(NOOP);
            }
        }
        if (outbox != null) {
            outbox.add(this);
        }
    }

    /** Whether the heartbeat is overdue, so that a request must not revive it in the last moment; closes it then. */
    boolean isExpired() {
        if (heartbeat.isOverdue()) {
            close(CloseReason.PING_TIMEOUT);
        }
        return !isOpen();
    }

    // End

    private void clientClose() {
        Exchange waiting;
        synchronized (this) {
            waiting = poll;
            poll = null;
        }
        if (waiting != null) {
            waiting.payload(NOOP);
        } else if (transport() == EngineIoMetrics.Transport.POLLING) {
            server.sayGoodbye(id, timerLoop);
        }
        close(CloseReason.TRANSPORT_CLOSE);
    }

    /** A WebSocket is gone or no good; on its event loop. */
    void transportLost(WebSocketTransport transport, CloseReason reason) {
        synchronized (this) {
            if (candidate == transport) {
                candidate = null;
                probed = false;
                return;
            }
            if (webSocket != transport) {
                return;
            }
        }
        close(reason);
    }

    /**
     * Ends the session; what is queued still goes out if the client reads at all. The client of a session that is
     * closed like this reconnects by itself.
     */
    public void close(CloseReason reason) {
        List<EncodedMessage> last;
        WebSocketTransport ws;
        WebSocketTransport upgrading;
        Exchange waiting;
        Exchange post;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = queue;
            queue = List.of();
            queuedBytes = 0;
            ws = webSocket;
            upgrading = candidate;
            candidate = null;
            waiting = poll;
            poll = null;
            post = heldPost;
            heldPost = null;
            wakeDrained();
        }
        heartbeat.stop();
        server.closed(this, reason);
        if (ws != null) {
            ws.close(reason, last);
        }
        if (upgrading != null) {
            upgrading.close(reason, List.of());
        }
        if (waiting != null) {
            waiting.payload(last.isEmpty() ? CLOSE : closingPayload(last));
        }
        if (post != null) {
            post.refuse(EngineIoError.UNKNOWN_SID);
        }
        handler.onClose(reason);
    }

    private byte[] closingPayload(List<EncodedMessage> last) {
        var out = new FrameWriter(64);
        out.raw(payload(last));
        out.raw((byte) PayloadDecoder.SEPARATOR);
        out.raw(CLOSE);
        return out.bytes();
    }
}
