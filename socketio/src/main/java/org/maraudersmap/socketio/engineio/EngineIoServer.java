package org.maraudersmap.socketio.engineio;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.concurrent.EventExecutor;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.maraudersmap.socketio.engineio.EngineIoMetrics.Transport;

/**
 * All sessions of one Engine.IO 4 endpoint. It owns no port: {@link #handler()} goes into the pipelines of a server,
 * behind its HTTP/1.1 codec.
 */
public final class EngineIoServer {
    private static final int MAX_GOODBYES = 10_000;
    private static final int IP_V6_NETWORK_BYTES = 8;
    private static final long GOODBYE_MILLIS = 5_000;

    private final EngineIoSettings settings;
    private final EngineIoMetrics metrics;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Function<EngineIoSession, EngineIoHandler> application;
    private final Map<String, EngineIoSession> sessions = new ConcurrentHashMap<>();
    /** By IPv4 address, and by IPv6 network: who has one address of a /64 has them all. */
    private final Map<InetAddress, Integer> sessionsByNetwork = new ConcurrentHashMap<>();
    private final Map<EventExecutor, LoopOutbox> outboxes = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    /** Polling sessions whose client has just said goodbye; see {@link #sayGoodbye}. */
    private final Set<String> goodbyes = ConcurrentHashMap.newKeySet();
    private final AtomicInteger handOuts = new AtomicInteger();
    private volatile boolean shuttingDown;

    /**
     * Makes an endpoint.
     *
     * @param settings
     *            its settings
     * @param metrics
     *            is told what happens
     * @param clock
     *            for {@link EngineIoSession#lastSeen()} and handshake times
     * @param nanos
     *            a monotonic nanosecond counter for time-outs, as a rule {@code System::nanoTime}
     * @param application
     *            makes what sits on top of a new session; called on an event loop, before the session can be
     *            used
     */
    public EngineIoServer(EngineIoSettings settings, EngineIoMetrics metrics, Clock clock, LongSupplier nanos,
            Function<EngineIoSession, EngineIoHandler> application) {
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.nanos = nanos;
        this.application = application;
    }

    /** A new handler for one channel; see the package's description for where it goes. */
    public ChannelHandler handler() {
        return new HttpTakeover(this);
    }

    /** How many sessions are open. */
    public int sessionCount() {
        return sessions.size();
    }

    /**
     * Runs an action that sends to very many sessions. Idle event loops begin to write when it returns, or after some
     * milliseconds, and not while it runs: they would compete with it for the processors, and write the messages of a
     * burst one by one.
     */
    public void handOut(Runnable action) {
        handOuts.incrementAndGet();
        try {
            action.run();
        } finally {
            handOuts.decrementAndGet();
        }
    }

    /** Refuses new sessions with 503 and closes all that are open, so that their clients reconnect elsewhere. */
    public void shutdown() {
        shuttingDown = true;
        sessions.values().forEach(session -> session.close(CloseReason.SERVER_SHUTDOWN));
    }

    EngineIoSettings settings() {
        return settings;
    }

    EngineIoMetrics metrics() {
        return metrics;
    }

    Clock clock() {
        return clock;
    }

    long nanos() {
        return nanos.getAsLong();
    }

    EngineIoHandler handlerFor(EngineIoSession session) {
        return application.apply(session);
    }

    LoopOutbox outbox(EventExecutor loop) {
        return outboxes.computeIfAbsent(loop, key -> new LoopOutbox(key, () -> handOuts.get() > 0));
    }

    boolean isOurs(String uri) {
        var path = settings.path();
        var requested = RequestTarget.of(uri).path();
        // Clients that were told not to add the trailing slash come without it.
        return requested.equals(path)
                || (requested.length() == path.length() - 1 && path.startsWith(requested));
    }

    /** Why the body of a request need not be read: nobody would take it. */
    Optional<EngineIoError> refusalBeforeBody(Exchange exchange) {
        if (HttpMethod.OPTIONS.equals(exchange.method()) || HttpMethod.GET.equals(exchange.method())) {
            return Optional.empty();
        }
        if (transportOf(exchange).isEmpty()) {
            return Optional.of(EngineIoError.UNKNOWN_TRANSPORT);
        }
        if (!exchange.query("EIO").equals(Optional.of("4"))) {
            return Optional.of(EngineIoError.UNSUPPORTED_VERSION);
        }
        var sid = exchange.query("sid");
        if (sid.isEmpty()) {
            return Optional.of(EngineIoError.BAD_METHOD);
        }
        var session = sessions.get(sid.get());
        return session == null || session.isExpired() ? Optional.of(EngineIoError.UNKNOWN_SID) : Optional.empty();
    }

    private Optional<Transport> transportOf(Exchange exchange) {
        return exchange.query("transport").flatMap(EngineIoServer::transport).filter(settings.transports()::contains);
    }

    /** Answers a request whose body is complete; on the connection's event loop. */
    void handle(Exchange exchange) {
        if (HttpMethod.OPTIONS.equals(exchange.method())) {
            exchange.noContent();
            return;
        }
        var transport = transportOf(exchange);
        if (transport.isEmpty()) {
            exchange.refuse(EngineIoError.UNKNOWN_TRANSPORT);
            return;
        }
        if (!exchange.query("EIO").equals(Optional.of("4"))) {
            exchange.refuse(EngineIoError.UNSUPPORTED_VERSION);
            return;
        }
        var sid = exchange.query("sid");
        if (sid.isEmpty()) {
            open(exchange, transport.get());
            return;
        }
        var session = sessions.get(sid.get());
        if (session == null && goodbyes.remove(sid.get()) && HttpMethod.GET.equals(exchange.method())) {
            exchange.payload(EngineIoSession.NOOP);
        } else if (session == null || session.isExpired()) {
            exchange.refuse(EngineIoError.UNKNOWN_SID);
        } else if (transport.get() == Transport.WEBSOCKET) {
            upgrade(exchange, session);
        } else if (session.transport() == Transport.WEBSOCKET) {
            exchange.refuse(EngineIoError.BAD_REQUEST);
        } else if (HttpMethod.GET.equals(exchange.method())) {
            session.poll(exchange);
        } else if (HttpMethod.POST.equals(exchange.method())) {
            session.post(exchange);
        } else {
            exchange.refuse(EngineIoError.BAD_REQUEST);
        }
    }

    private static Optional<Transport> transport(String name) {
        return switch (name) {
            case "polling" -> Optional.of(Transport.POLLING);
            case "websocket" -> Optional.of(Transport.WEBSOCKET);
            default -> Optional.empty();
        };
    }

    private void open(Exchange exchange, Transport transport) {
        if (!HttpMethod.GET.equals(exchange.method())) {
            exchange.refuse(EngineIoError.BAD_METHOD);
        } else if (shuttingDown) {
            exchange.refuse(EngineIoError.SHUTTING_DOWN);
        } else if (transport == Transport.WEBSOCKET && WebSocketHandshake.errorOf(exchange).isPresent()) {
            exchange.refuse(WebSocketHandshake.errorOf(exchange).get());
        } else if (!admit(exchange.request().remoteAddress())) {
            exchange.refuse(EngineIoError.TOO_MANY_SESSIONS);
        } else {
            var session = new EngineIoSession(this, newId(), exchange.request().keeping(settings.keptHeaders()),
                    exchange.context().executor());
            sessions.put(session.id(), session);
            metrics.sessionOpened(transport);
            var open = openPacket(session.id(), transport);
            if (transport == Transport.WEBSOCKET) {
                var webSocket = webSocket(exchange, session);
                session.open(webSocket);
                try (var batch = new WriteBatch()) {
                    webSocket.write(List.of(EncodedMessage.control(open)), batch);
                }
            } else {
                session.start();
                exchange.payload(open.getBytes(StandardCharsets.UTF_8));
            }
            if (shuttingDown) {
                session.close(CloseReason.SERVER_SHUTDOWN);
            }
        }
    }

    private void upgrade(Exchange exchange, EngineIoSession session) {
        var error = settings.allowUpgrades()
                ? WebSocketHandshake.errorOf(exchange)
                : Optional.of(EngineIoError.BAD_REQUEST);
        if (error.isPresent()) {
            exchange.refuse(error.get());
            return;
        }
        var transport = webSocket(exchange, session);
        if (!session.beginUpgrade(transport)) {
            transport.close(CloseReason.FORCED_CLOSE, List.of());
        }
    }

    private String openPacket(String id, Transport transport) {
        var upgrades = transport == Transport.POLLING && settings.allowUpgrades()
                && settings.transports().contains(Transport.WEBSOCKET) ? "\"websocket\"" : "";
        return "0{\"sid\":\"%s\",\"upgrades\":[%s],\"pingInterval\":%d,\"pingTimeout\":%d,\"maxPayload\":%d}".formatted(
                id, upgrades, settings.pingInterval().toMillis(), settings.pingTimeout().toMillis(),
                settings.maxPayload());
    }

    private WebSocketTransport webSocket(Exchange exchange, EngineIoSession session) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers().set(HttpHeaderNames.UPGRADE, "websocket").set(HttpHeaderNames.CONNECTION, "Upgrade")
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, WebSocketHandshake.acceptOf(exchange));
        var encoding = WebSocketEncoding.PLAIN;
        if (session.isBase64()) {
            encoding = WebSocketEncoding.BASE64;
        } else if (settings.compression() && offersDeflate(exchange)) {
            encoding = WebSocketEncoding.DEFLATE;
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS,
                    "permessage-deflate; server_no_context_takeover; client_no_context_takeover");
        }
        var executor = exchange.context().executor();
        var transport = new WebSocketTransport(session, exchange.request(), outbox(executor), encoding, settings);
        var decoder = new WebSocket13FrameDecoder(
                WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(settings.maxPayload())
                        .allowExtensions(encoding == WebSocketEncoding.DEFLATE).closeOnProtocolViolation(false)
                        .build());
        exchange.takeover().upgrade(exchange, response, decoder, transport);
        return transport;
    }

    private static boolean offersDeflate(Exchange exchange) {
        return exchange.request().headers().all("sec-websocket-extensions").stream()
                .flatMap(value -> List.of(value.split(",", 8)).stream())
                .anyMatch(offer -> offer.strip().startsWith("permessage-deflate")
                        // A smaller window than ours would have to be honoured (RFC 7692, section 7.1.2.1).
                        && !offer.contains("server_max_window_bits"));
    }

    private String newId() {
        var bytes = new byte[15];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private boolean admit(InetAddress address) {
        var count = sessionsByNetwork.merge(networkOf(address), 1, Integer::sum);
        if (count > settings.maxSessionsPerAddress()) {
            leave(address);
            return false;
        }
        return true;
    }

    private void leave(InetAddress address) {
        sessionsByNetwork.computeIfPresent(networkOf(address), (_, count) -> count == 1 ? null : count - 1);
    }

    private static InetAddress networkOf(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        var bytes = address.getAddress();
        Arrays.fill(bytes, IP_V6_NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    /**
     * Lets one poll that the client sent before it said goodbye, and that was overtaken on another connection, end as
     * it would have ended in time.
     */
    void sayGoodbye(String id, EventExecutor loop) {
        if (goodbyes.size() < MAX_GOODBYES && goodbyes.add(id)) {
            var _ = loop.schedule(() -> goodbyes.remove(id), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void closed(EngineIoSession session, CloseReason reason) {
        if (sessions.remove(session.id(), session)) {
            leave(session.request().remoteAddress());
        }
        metrics.sessionClosed(reason);
    }
}
