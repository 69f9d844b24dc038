package org.maraudersmap.socketio.engineio;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sits behind an HTTP/1.1 codec, answers the requests to our path and passes all others on, on one and the same
 * connection if it comes so. Answers leave in the order of the requests, so a pipelined request of the one kind waits
 * until those of the other kind before it are answered. When a request becomes a WebSocket, everything behind this
 * handler, the codec and this handler itself leave the pipeline.
 */
final class HttpTakeover extends ChannelDuplexHandler {
    private final EngineIoServer server;
    /** Ours, until it is answered. */
    private @Nullable Exchange current;
    /** Requests that were passed on and are not answered yet. */
    private int passedOn;
    /** Whether the body that comes in belongs to {@link #current}. */
    private boolean receiving;
    /** Whether the body that comes in belongs to a request of ours that was answered early. */
    private boolean discarding;
    /** How much of it has come; what would not be read is not listened to for ever. */
    private long discardedBytes;
    /** What came in meanwhile; null as long as there is nothing. */
    private @Nullable ArrayDeque<Object> held;
    private boolean transparent;
    private boolean passedInThisRead;

    HttpTakeover(EngineIoServer server) {
        this.server = server;
    }

    EngineIoServer server() {
        return server;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (transparent || !(message instanceof HttpObject)) {
            pass(context, message);
        } else if (held != null) {
            hold(context, message);
        } else if (!process(context, message)) {
            hold(context, message);
        }
    }

    /** Handles a message, or returns false if it has to wait. */
    private boolean process(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            var ours = server.isOurs(request.uri());
            if (current != null || (ours && passedOn > 0)) {
                return false;
            }
            discarding = false;
            discardedBytes = 0;
            receiving = ours;
            if (ours) {
                begin(context, request);
            } else {
                passedOn++;
            }
        }
        if (receiving || discarding) {
            try {
                if (message instanceof HttpContent content) {
                    receive(context, content);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        } else {
            pass(context, message);
        }
        return true;
    }

    private void pass(ChannelHandlerContext context, Object message) {
        passedInThisRead = true;
        context.fireChannelRead(message);
    }

    private void hold(ChannelHandlerContext context, Object message) {
        var queue = held;
        if (queue == null) {
            held = queue = new ArrayDeque<>();
        }
        if (queue.size() >= server.settings().maxHeldRequests()) {
            ReferenceCountUtil.release(message);
            var _ = context.close();
        } else {
            queue.add(message);
        }
    }

    private void release(ChannelHandlerContext context) {
        var queue = held;
        if (queue == null || context.isRemoved()) {
            return;
        }
        while (!queue.isEmpty()) {
            var message = queue.remove();
            if (!process(context, message)) {
                queue.addFirst(message);
                return;
            }
        }
        held = null;
        if (passedInThisRead) {
            passedInThisRead = false;
            context.fireChannelReadComplete();
        }
        readOn(context);
    }

    private void begin(ChannelHandlerContext context, HttpRequest message) {
        var headers = new HandshakeRequest.Headers(message.headers());
        var peer = context.channel().remoteAddress() instanceof InetSocketAddress inet
                ? inet.getAddress()
                : InetAddress.getLoopbackAddress();
        var target = RequestTarget.of(message.uri());
        var request = new HandshakeRequest(target.path(), target.query().isEmpty() ? Map.of() : query(target.query()),
                headers,
                server.settings().addressResolver().resolve(peer, headers),
                context.pipeline().get(SslHandler.class) != null, server.clock().instant());
        var origins = headers.all("origin");
        var allowed = origins.isEmpty() || server.settings().originPolicy().allows(origins, headers.first("host"));
        var exchange = new Exchange(this, context, message, request,
                allowed ? headers.first("origin") : Optional.empty());
        current = exchange;
        refusal(message, allowed).or(() -> server.refusalBeforeBody(exchange)).ifPresentOrElse(error -> {
            receiving = false;
            discarding = true;
            exchange.refuse(error);
        }, () -> {
            if (HttpUtil.is100ContinueExpected(message)) {
                var _ = context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                        HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
            }
        });
    }

    private Optional<EngineIoError> refusal(HttpRequest message, boolean originAllowed) {
        var settings = server.settings();
        if (message.decoderResult().isFailure()) {
            return Optional.of(switch (message.decoderResult().cause()) {
                case TooLongHttpHeaderException _ -> EngineIoError.HEADERS_TOO_LARGE;
                case TooLongHttpLineException _ -> EngineIoError.URI_TOO_LONG;
                default -> EngineIoError.MALFORMED;
            });
        }
        if (message.uri().length() > settings.maxUriLength()) {
            return Optional.of(EngineIoError.URI_TOO_LONG);
        }
        var headerBytes = 0;
        for (var entry : message.headers()) {
            headerBytes += entry.getKey().length() + entry.getValue().length() + 4;
        }
        if (headerBytes > settings.maxHeaderBytes()) {
            return Optional.of(EngineIoError.HEADERS_TOO_LARGE);
        }
        if (!originAllowed) {
            return Optional.of(EngineIoError.FORBIDDEN);
        }
        if (HttpUtil.getContentLength(message, 0L) > settings.maxPayload()) {
            return Optional.of(EngineIoError.TOO_LARGE);
        }
        return Optional.empty();
    }

    private void receive(ChannelHandlerContext context, HttpContent content) {
        var exchange = current;
        if (discarding || exchange == null) {
            discardedBytes += content.content().readableBytes();
            if (discardedBytes > server.settings().maxPayload()) {
                var _ = context.close();
            }
            return;
        }
        if (content.decoderResult().isFailure()) {
            var _ = context.close();
            return;
        }
        if (exchange.bodyLength() + content.content().readableBytes() > server.settings().maxPayload()) {
            receiving = false;
            discarding = true;
            exchange.refuse(EngineIoError.TOO_LARGE);
            return;
        }
        exchange.appendBody(content.content());
        if (content instanceof LastHttpContent) {
            receiving = false;
            discarding = true;
            server.handle(exchange);
        }
    }

    /** Writes our answer; on the event loop. */
    void answered(ChannelHandlerContext context, Exchange exchange, FullHttpResponse response, boolean reusable) {
        if (!isCurrent(exchange)) {
            response.release();
            return;
        }
        current = null;
        var future = context.writeAndFlush(response);
        if (reusable) {
            release(context);
        } else {
            future.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @SuppressWarnings("ReferenceEquality") // an exchange is itself and nothing else
    private boolean isCurrent(Exchange exchange) {
        return current == exchange;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        var last = message instanceof LastHttpContent;
        if (message instanceof HttpResponse response) {
            if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                transparent = true;
            } else if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                last = false;
            }
        }
        var _ = context.write(message, promise);
        if (last && passedOn > 0) {
            passedOn--;
            if (held != null && passedOn == 0) {
                // Not within the write of the handler behind: it may have more to do before it sees a new request.
                context.executor().execute(() -> release(context));
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (passedInThisRead) {
            passedInThisRead = false;
            context.fireChannelReadComplete();
        }
        readOn(context);
    }

    /**
     * A server with manual reads asks for the next one when it has seen a request; ours it never sees. Reading on while
     * an answer is due is also how a client that went away is noticed.
     */
    private void readOn(ChannelHandlerContext context) {
        if ((current != null || discarding) && !context.channel().config().isAutoRead() && !context.isRemoved()) {
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        var exchange = current;
        current = null;
        if (exchange != null) {
            exchange.disconnected();
        }
        releaseHeld();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        releaseHeld();
    }

    private void releaseHeld() {
        var queue = held;
        held = null;
        while (queue != null && !queue.isEmpty()) {
            ReferenceCountUtil.release(queue.remove());
        }
    }

    /**
     * Turns the connection into a WebSocket; on the event loop, while the exchange is the current one. The codec's
     * encoder writes the answer and leaves; what its decoder has read ahead comes out as bytes and reaches the frame
     * decoder.
     */
    void upgrade(Exchange exchange, HttpResponse response, ChannelHandler... webSocketHandlers) {
        var context = exchange.context();
        var pipeline = context.pipeline();
        current = null;
        transparent = true;
        var behind = new ArrayList<ChannelHandler>();
        var codecs = new ArrayList<ChannelHandler>();
        var seen = false;
        for (var entry : pipeline) {
            if (entry.getValue() == this) {
                seen = true;
            } else if (seen) {
                behind.add(entry.getValue());
            } else if (isHttp(entry.getValue())) {
                codecs.add(entry.getValue());
            }
        }
        var name = context.name();
        for (var handler : webSocketHandlers) {
            pipeline.addAfter(name, null, handler);
            name = pipeline.context(handler).name();
        }
        var _ = context.writeAndFlush(response);
        behind.forEach(pipeline::remove);
        codecs.forEach(pipeline::remove);
        pipeline.remove(this);
        context.channel().config().setAutoRead(true);
    }

    private static boolean isHttp(ChannelHandler handler) {
        return handler instanceof HttpServerCodec || handler instanceof HttpRequestDecoder
                || handler instanceof HttpResponseEncoder || handler instanceof HttpObjectAggregator
                || handler instanceof HttpServerExpectContinueHandler || handler instanceof HttpServerKeepAliveHandler
                || handler instanceof HttpTakeover;
    }

    private static Map<String, String> query(String text) {
        var query = new HashMap<String, String>();
        for (var part : text.split("&", 64)) {
            var mark = part.indexOf('=');
            if (!part.isEmpty()) {
                query.putIfAbsent(decode(mark < 0 ? part : part.substring(0, mark)),
                        mark < 0 ? "" : decode(part.substring(mark + 1)));
            }
        }
        return Map.copyOf(query);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
