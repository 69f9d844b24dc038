package org.maraudersmap.socketio.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One HTTP request to our path and its answer, which may come later and from any thread, once. */
final class Exchange {
    private final HttpTakeover takeover;
    private final ChannelHandlerContext context;
    private final HttpMethod method;
    private final HttpVersion version;
    private final HandshakeRequest request;
    private final boolean keepAlive;
    private final Optional<String> corsOrigin;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private volatile @Nullable Runnable onDisconnect;

    Exchange(HttpTakeover takeover, ChannelHandlerContext context, HttpRequest message, HandshakeRequest request,
            Optional<String> corsOrigin) {
        this.takeover = takeover;
        this.context = context;
        this.method = message.method();
        this.version = message.protocolVersion();
        this.request = request;
        this.keepAlive = HttpUtil.isKeepAlive(message);
        this.corsOrigin = corsOrigin;
    }

    HttpMethod method() {
        return method;
    }

    HttpVersion version() {
        return version;
    }

    HandshakeRequest request() {
        return request;
    }

    ChannelHandlerContext context() {
        return context;
    }

    HttpTakeover takeover() {
        return takeover;
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(request.query().get(name));
    }

    int bodyLength() {
        return body.size();
    }

    void appendBody(ByteBuf content) {
        try {
            content.readBytes(body, content.readableBytes());
        } catch (java.io.IOException e) {
            throw new IllegalStateException("a byte array never fails", e);
        }
    }

    byte[] body() {
        return body.toByteArray();
    }

    /** What to do if the connection is lost before the answer; runs on the connection's event loop. */
    void onDisconnect(Runnable action) {
        onDisconnect = action;
    }

    void disconnected() {
        var action = onDisconnect;
        if (action != null && answered.compareAndSet(false, true)) {
            action.run();
        }
    }

    boolean isAnswered() {
        return answered.get();
    }

    void payload(byte[] bytes) {
        answer(HttpResponseStatus.OK, "text/plain; charset=UTF-8", Unpooled.wrappedBuffer(bytes), true);
    }

    void ok() {
        answer(HttpResponseStatus.OK, "text/html", Unpooled.wrappedBuffer("ok".getBytes(StandardCharsets.UTF_8)), true);
    }

    void noContent() {
        answer(HttpResponseStatus.NO_CONTENT, "text/plain; charset=UTF-8", Unpooled.EMPTY_BUFFER, true);
    }

    void refuse(EngineIoError error) {
        takeover.server().metrics().requestRefused(error.status(), error.message());
        answer(HttpResponseStatus.valueOf(error.status()), "application/json",
                Unpooled.wrappedBuffer(error.json().getBytes(StandardCharsets.UTF_8)), !error.closesConnection());
    }

    private void answer(HttpResponseStatus status, String type, ByteBuf content, boolean keep) {
        if (!answered.compareAndSet(false, true)) {
            content.release();
            return;
        }
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        var headers = response.headers();
        if (status.code() != 204) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, type);
            headers.set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        }
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (status.code() == 429 || status.code() == 503) {
            headers.set(HttpHeaderNames.RETRY_AFTER, "5");
        }
        addCorsHeaders(headers);
        var reusable = keep && keepAlive;
        if (!reusable) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, WebSocketHandshake.VERSION)
                    .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                    .add(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        }
        if (context.executor().inEventLoop()) {
            takeover.answered(context, this, response, reusable);
        } else {
            try {
                context.executor().execute(() -> takeover.answered(context, this, response, reusable));
            } catch (java.util.concurrent.RejectedExecutionException e) {
                response.release();
            }
        }
    }

    private void addCorsHeaders(io.netty.handler.codec.http.HttpHeaders headers) {
        corsOrigin.ifPresent(origin -> {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            headers.set(HttpHeaderNames.VARY, "Origin");
            if (HttpMethod.OPTIONS.equals(method)) {
                headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET,POST");
                headers.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
                request.headers().first("access-control-request-headers")
                        .ifPresent(names -> headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, names));
            }
        });
    }
}
