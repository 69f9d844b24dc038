package org.maraudersmap.server.platform.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts against the {@link ConnectionBudget} what has come on a connection and cannot be handled yet, since its end
 * has
 * not come: half the head of a request, which the HTTP codec keeps, and half a message of a WebSocket, which its
 * decoder
 * keeps. It sits before the codec, stays when a connection becomes a WebSocket, and is on its event loop only.
 */
final class UnfinishedInput extends ChannelInboundHandlerAdapter {
    /** Half a head of ordinary size is as cheap as the connection itself and not worth counting. */
    private static final int FREE_BYTES = 1_024;
    /** The codec keeps room for the longest line of a head that it has read, in case another one comes. */
    private static final int FREE_BYTES_OF_LINE = 4_096;
    /** Blanks and chunk sizes, which nobody tells us of, are no beginning of another request. */
    private static final int BYTES_BETWEEN_PARTS = 256;
    private static final int BYTES_OF_REQUEST_LINE = 14;
    private static final int BYTES_BESIDE_HEADER = 4;

    private final ConnectionBudget budget;
    private final Duration patience;
    private String network = "";
    private long unfinished;
    private long counted;
    private int longestLine;
    private @Nullable WebSocketFrames frames;
    /** Whether what passes here has been followed, so that it must not be once more behind the codec. */
    private boolean following;
    private @Nullable Future<?> deadline;

    /**
     * @param patience
     *            how long a message of a WebSocket may take; requests have the {@link ConnectionGuard}
     */
    UnfinishedInput(ConnectionBudget budget, Duration patience) {
        this.budget = budget;
        this.patience = patience;
    }

    /** The client that is counted for from now on. */
    void countForNetwork(String client) {
        release();
        network = client;
    }

    /** The codec has made a request of what came. */
    void takeHead(HttpRequest request) {
        if (unfinished <= FREE_BYTES) {
            unfinished = 0;
            return;
        }
        unfinished = Math.max(0, unfinished - bytesOf(request));
        for (var header : request.headers()) {
            longestLine = Math.max(longestLine, header.getValue().length());
        }
    }

    /** The codec has made a part of a body of what came. */
    void takeBody(HttpContent content) {
        unfinished = Math.max(0, unfinished - content.content().readableBytes());
        if (content instanceof LastHttpContent && unfinished < BYTES_BETWEEN_PARTS) {
            unfinished = 0;
        }
    }

    /** How many bytes the head of a request has, about. */
    static int bytesOf(HttpRequest request) {
        var bytes = BYTES_OF_REQUEST_LINE + request.method().name().length() + request.uri().length();
        for (var header : request.headers()) {
            bytes += header.getKey().length() + header.getValue().length() + BYTES_BESIDE_HEADER;
        }
        return bytes;
    }

    /** What comes from now on is frames, and counts for this client. */
    void becomeWebSocket(String client) {
        countForNetwork(client);
        unfinished = 0;
        longestLine = 0;
        frames = new WebSocketFrames();
    }

    /** The codec leaves, and with it what had come behind the handshake. */
    void takeRest(ChannelHandlerContext context, ByteBuf bytes) {
        if (!following) {
            follow(context, bytes);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        if (frames == null) {
            unfinished += bytes.readableBytes();
        } else {
            follow(context, bytes);
        }
        following = frames != null;
        context.fireChannelRead(message);
        following = false;
        if (isRefused()) {
            var _ = context.close();
        }
    }

    private void follow(ChannelHandlerContext context, ByteBuf bytes) {
        if (frames == null) {
            return;
        }
        frames.follow(bytes);
        unfinished = frames.unfinishedBytes();
        waitForRestOfMessage(context);
    }

    /** Counts what is unfinished now; true if it is too much. */
    private boolean isRefused() {
        var toCount = (unfinished > FREE_BYTES ? unfinished : 0)
                + (longestLine > FREE_BYTES_OF_LINE ? longestLine : 0);
        if (toCount < counted) {
            budget.releaseBytesOfNetwork(network, counted - toCount);
            counted = toCount;
        } else if (toCount > counted) {
            if (!budget.reserveBytesForNetwork(network, Math.toIntExact(toCount - counted))) {
                return true;
            }
            counted = toCount;
        }
        return false;
    }

    private void waitForRestOfMessage(ChannelHandlerContext context) {
        var running = deadline;
        if (unfinished == 0 && running != null) {
            running.cancel(false);
            deadline = null;
        } else if (unfinished > 0 && running == null) {
            deadline = context.executor()
                    .schedule(() -> {
                        var _ = context.close();
                    }, patience.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void release() {
        if (counted > 0) {
            budget.releaseBytesOfNetwork(network, counted);
            counted = 0;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        release();
        var running = deadline;
        if (running != null) {
            running.cancel(false);
        }
    }
}
