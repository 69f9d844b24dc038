package org.maraudersmap.server.platform.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.ClientAddressResolver;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;

/**
 * Ends what a client begins and does not finish, and bounds what it may hold meanwhile. It sits behind the HTTP codec
 * of a connection, before everything that answers, and is on the connection's event loop only.
 *
 * <ul>
 * <li>The first request's headers must be complete {@link Deadlines#request()} after the connection was made, those of
 * a later one {@link Deadlines#idle()} after the answer before it.
 * <li>A body must be complete {@link Deadlines#request()} after its headers.
 * <li>An answer may take its time, since a long poll does. A client that takes nothing of it for
 * {@link Deadlines#idle()} is cut.
 * <li>A request that does not say with one {@code Host} whom it is for is refused.
 * <li>Bodies, and requests that come before the one before them is answered, count against the
 * {@link ConnectionBudget} until they are answered; answers do until the client takes them.
 * </ul>
 *
 * A connection that becomes a WebSocket has heartbeats of its own: from then on its connection is counted, and by
 * {@link UnfinishedInput} what it begins.
 */
final class ConnectionGuard extends ChannelDuplexHandler {
    /** A name or an address, and a port. */
    private static final Pattern HOST = Pattern.compile("([\\w.~-]+|\\[[0-9A-Fa-f:.]+])(:\\d{0,5})?");

    /** Requests on one connection that may wait for the answer to the first of them. */
    private static final int MOST_REQUESTS_AT_ONCE = 64;
    /** What a request costs that waits for its body: a thread, and what Spring keeps of it. */
    private static final int BYTES_OF_WAITING_REQUEST = 16 * 1024;
    /** A client that takes what it asked for leaves less than this to wait. */
    private static final int FREE_BYTES_OF_ANSWER = 4_096;

    private final ConnectionBudget budget;
    private final UnfinishedInput input;
    private final ClientAddressResolver addresses;
    private final Deadlines deadlines;
    private final Function<Problem, byte[]> writer;
    private final LongSupplier nanos;

    /** The client that bodies count for: the peer, or whoever a trusted proxy speaks for. */
    private String network = "";
    private boolean receiving;
    private int unanswered;
    private long heldBytes;
    private long waitingBytes;
    private boolean answeredBefore;
    /** Since when it has been what it is: waiting for a request, or receiving one. */
    private long since;
    /** Since when the client has taken nothing of what waits for it. */
    private long stalledSince;
    private long lastProgress;
    private boolean refusing;
    private @Nullable Future<?> nextLook;

    /**
     * How long a client may take.
     *
     * @param request
     *            for headers, and again for the body
     * @param idle
     *            between two requests, and to take the next piece of an answer
     */
    record Deadlines(Duration request, Duration idle) {}

    /**
     * @param input
     *            counts what the codec before this one keeps
     * @param writer
     *            the body of a refusal, as {@code application/problem+json}
     * @param nanos
     *            as {@link System#nanoTime()}
     */
    ConnectionGuard(
            ConnectionBudget budget,
            UnfinishedInput input,
            ClientAddressResolver addresses,
            Deadlines deadlines,
            Function<Problem, byte[]> writer,
            LongSupplier nanos) {
        this.budget = budget;
        this.input = input;
        this.addresses = addresses;
        this.deadlines = deadlines;
        this.writer = writer;
        this.nanos = nanos;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        since = nanos.getAsLong();
        stalledSince = since;
        if (countConnection(context.channel())) {
            lookAgainIn(context, deadlines.request().toNanos());
        } else {
            refusing = true;
            var _ = context.close();
        }
    }

    /** A trusted proxy brings many clients, so its connections are its own affair. */
    private boolean countConnection(Channel channel) {
        var peer = addressOf(channel);
        var counted = addresses.resolveAddressOfClient(peer, List.of()).network();
        network = counted;
        input.countForNetwork(counted);
        if (addresses.isProxyThatIsTrusted(peer)) {
            return true;
        }
        if (!budget.admitConnectionOfNetwork(counted)) {
            return false;
        }
        channel.closeFuture().addListener(_ -> budget.releaseConnectionOfNetwork(counted));
        return true;
    }

    private static InetSocketAddress addressOf(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress inet
                ? inet
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof HttpObject)) {
            if (message instanceof ByteBuf bytes) {
                input.takeRest(context, bytes);
            }
            context.fireChannelRead(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            input.takeHead(request);
            beginRequest(context, request);
            if (!isForOneHost(request)) {
                refuse(context, Problem.of(
                        ProblemCode.MALFORMED_REQUEST,
                        "A request says with one Host header whom it is for, such as Host: map.example.org:4001."));
            }
        }
        if (message instanceof HttpContent content && !receive(content)) {
            refuseForWantOfBytes(context);
        }
        if (refusing) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void beginRequest(ChannelHandlerContext context, HttpRequest request) {
        receiving = true;
        unanswered++;
        since = nanos.getAsLong();
        var forwardedFor = request.headers().getAll("X-Forwarded-For");
        if (!forwardedFor.isEmpty() && heldBytes == 0 && waitingBytes == 0) {
            network = addresses.resolveAddressOfClient(addressOf(context.channel()), forwardedFor).network();
        }
        // The first one is handled at once; those behind it are kept meanwhile.
        var cost = (unanswered > 1 ? UnfinishedInput.bytesOf(request) : 0)
                + (waitsForBody(request) ? BYTES_OF_WAITING_REQUEST : 0);
        if (unanswered > MOST_REQUESTS_AT_ONCE || (cost > 0 && !refusing && !hold(cost))) {
            refuseForWantOfBytes(context);
        }
    }

    private static boolean waitsForBody(HttpRequest request) {
        return HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0;
    }

    private void refuseForWantOfBytes(ChannelHandlerContext context) {
        refuse(context, Problem.of(
                ProblemCode.UNAVAILABLE,
                "Too many bytes of unanswered requests are here already; try again."));
    }

    private boolean hold(int length) {
        var isAdmitted = budget.reserveBytesForNetwork(network, length);
        if (isAdmitted) {
            heldBytes += length;
        }
        return isAdmitted;
    }

    /**
     * RFC 9112, section 3.2: what two servers could take for requests to two hosts is refused. HTTP/1.0 knew no hosts,
     * and probes of balancers still speak it.
     */
    private static boolean isForOneHost(HttpRequest request) {
        var hosts = request.headers().getAll(HttpHeaderNames.HOST);
        return hosts.isEmpty()
                ? request.protocolVersion().equals(HttpVersion.HTTP_1_0) || request.decoderResult().isFailure()
                : hosts.size() == 1 && HOST.matcher(hosts.getFirst()).matches();
    }

    /** False if its bytes are too many. */
    private boolean receive(HttpContent content) {
        input.takeBody(content);
        var length = content.content().readableBytes();
        // What comes after the answer is thrown away and costs nothing.
        if (!refusing && unanswered > 0 && length > 0 && !hold(length)) {
            return false;
        }
        if (content instanceof LastHttpContent) {
            receiving = false;
            since = nanos.getAsLong();
        }
        return true;
    }

    /** Answers in place of whoever would have, if it is this request's turn; the connection ends in any case. */
    private void refuse(ChannelHandlerContext context, Problem problem) {
        if (refusing) {
            return;
        }
        refusing = true;
        if (unanswered != 1) {
            var _ = context.close();
            return;
        }
        var body = writer.apply(problem);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(problem.code().status().value()),
                Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.RETRY_AFTER, "5")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (refusing) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new java.nio.channels.ClosedChannelException());
            return;
        }
        var endsAnswer = message instanceof LastHttpContent;
        if (message instanceof HttpResponse response) {
            if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                var _ = context.write(message, promise);
                becomeWebSocket(context);
                return;
            }
            endsAnswer &= response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
        }
        var _ = context.write(message, promise);
        if (endsAnswer && unanswered > 0) {
            unanswered--;
            answeredBefore = true;
            if (unanswered == 0) {
                releaseBytes();
                if (!receiving) {
                    since = nanos.getAsLong();
                }
            }
        }
    }

    /** Stays until the codec before it has left. */
    private void becomeWebSocket(ChannelHandlerContext context) {
        input.becomeWebSocket(network);
        context.executor().execute(() -> {
            if (!context.isRemoved()) {
                context.pipeline().remove(this);
            }
        });
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        countWhatWaitsForClient(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        countWhatWaitsForClient(context);
        context.fireChannelWritabilityChanged();
    }

    /** What a client asks for and does not take is kept for it. */
    private void countWhatWaitsForClient(ChannelHandlerContext context) {
        var buffer = context.channel().unsafe().outboundBuffer();
        var pending = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        var waiting = pending > FREE_BYTES_OF_ANSWER ? pending : 0;
        if (waiting < waitingBytes) {
            budget.releaseBytesOfNetwork(network, waitingBytes - waiting);
            waitingBytes = waiting;
        } else if (waiting > waitingBytes) {
            if (budget.reserveBytesForNetwork(network, Math.toIntExact(waiting - waitingBytes))) {
                waitingBytes = waiting;
            } else {
                refusing = true;
                var _ = context.close();
            }
        }
    }

    private void releaseBytes() {
        if (heldBytes > 0) {
            budget.releaseBytesOfNetwork(network, heldBytes);
            heldBytes = 0;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        releaseBytes();
        if (waitingBytes > 0) {
            budget.releaseBytesOfNetwork(network, waitingBytes);
            waitingBytes = 0;
        }
        var look = nextLook;
        if (look != null) {
            look.cancel(false);
        }
    }

    /** One timer a connection, which finds out when it is due what it should have waited for. */
    private void lookAgainIn(ChannelHandlerContext context, long wait) {
        nextLook = context.executor().schedule(() -> look(context), wait, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context) {
        if (context.isRemoved() || !context.channel().isActive()) {
            return;
        }
        var now = nanos.getAsLong();
        if (receiving && now - since >= deadlines.request().toNanos()) {
            refuse(context, Problem.of(
                    ProblemCode.REQUEST_TIMEOUT,
                    "The request was not complete within " + deadlines.request().toSeconds() + " s."));
            return;
        }
        countWhatWaitsForClient(context);
        var isStalled = isStalled(context.channel(), now);
        if (isStalled || (!receiving && unanswered == 0 && now - since >= patienceBetweenRequests())) {
            var _ = context.close();
            return;
        }
        lookAgainIn(context, Math.min(nanosUntilDue(now), deadlines.request().toNanos()));
    }

    private long patienceBetweenRequests() {
        return (answeredBefore ? deadlines.idle() : deadlines.request()).toNanos();
    }

    private long nanosUntilDue(long now) {
        if (receiving) {
            return since + deadlines.request().toNanos() - now;
        }
        return unanswered > 0 ? deadlines.request().toNanos() : since + patienceBetweenRequests() - now;
    }

    /** Whether something has waited for the client for too long, and nothing of it has left. */
    private boolean isStalled(Channel channel, long now) {
        var buffer = channel.unsafe().outboundBuffer();
        var pending = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        var progress = buffer == null ? 0 : pending - buffer.currentProgress();
        if (pending == 0 || progress != lastProgress) {
            lastProgress = progress;
            stalledSince = now;
        }
        return now - stalledSince >= deadlines.idle().toNanos();
    }
}
