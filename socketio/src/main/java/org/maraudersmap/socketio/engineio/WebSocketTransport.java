package org.maraudersmap.socketio.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection: reads frames behind Netty's frame decoder, writes bytes that are frames already. All its
 * fields belong to its event loop, except what is volatile.
 */
final class WebSocketTransport extends ChannelInboundHandlerAdapter {
    private static final int PONG = 0x8a;
    private static final int CLOSE = 0x88;

    private final EngineIoSession session;
    private final LoopOutbox outbox;
    private final WebSocketEncoding encoding;
    private final int maxPayload;
    private final int compressionThreshold;
    private final boolean deafToCloseFrames;
    private volatile @Nullable ChannelHandlerContext context;
    private volatile boolean writable = true;
    private boolean closing;
    private @Nullable ByteArrayOutputStream fragments;
    private boolean fragmentsAreText;
    private boolean fragmentsAreCompressed;

    WebSocketTransport(EngineIoSession session, HandshakeRequest request, LoopOutbox outbox,
            WebSocketEncoding encoding, EngineIoSettings settings) {
        this.session = session;
        this.outbox = outbox;
        this.encoding = encoding;
        this.maxPayload = settings.maxPayload();
        this.compressionThreshold = settings.compressionThreshold();
        this.deafToCloseFrames = isDeafToCloseFrames(request);
    }

    /**
     * OkHttp, on which the official Java client is built, stops reading at a close frame and tells the client nothing
     * until its own time-out, a minute later. The end of the TCP connection alone it reports at once.
     */
    private static boolean isDeafToCloseFrames(HandshakeRequest request) {
        return request.headers().first("user-agent").filter(agent -> agent.startsWith("okhttp/")).isPresent();
    }

    LoopOutbox outbox() {
        return outbox;
    }

    boolean isWritable() {
        return writable;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof WebSocketFrame frame && !closing) {
                read(ctx, frame);
            }
        } catch (MalformedPacketException | DataFormatException | CharacterCodingException e) {
            fail(new WebSocketCloseStatus(1007, "Invalid payload"), CloseReason.PARSE_ERROR);
        } catch (TooLongFrameException e) {
            fail(WebSocketCloseStatus.MESSAGE_TOO_BIG, CloseReason.TRANSPORT_ERROR);
        } catch (IOException e) {
            throw new IllegalStateException("a byte array never fails", e);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext ctx, WebSocketFrame frame)
            throws MalformedPacketException, DataFormatException, IOException {
        switch (frame) {
            case TextWebSocketFrame text -> begin(text, true);
            case BinaryWebSocketFrame binary -> begin(binary, false);
            case ContinuationWebSocketFrame more -> append(more);
            case PingWebSocketFrame ping -> {
                session.touch();
                // Who sends pings without reading our pongs gets none.
                if (ctx.channel().isWritable()) {
                    control(ctx, PONG, ByteBufUtil.getBytes(ping.content()));
                }
            }
            case CloseWebSocketFrame close -> {
                var status = close.statusCode();
                end(ctx, frame(CLOSE, status < 0 ? new byte[0] : bytes(status)));
                session.close(CloseReason.TRANSPORT_CLOSE);
            }
            default -> session.touch();
        }
    }

    private void begin(WebSocketFrame frame, boolean text)
            throws MalformedPacketException, DataFormatException, IOException {
        var compressed = (frame.rsv() & 4) != 0;
        if (frame.rsv() != 0 && !(compressed && encoding == WebSocketEncoding.DEFLATE)) {
            fail(WebSocketCloseStatus.PROTOCOL_ERROR, CloseReason.TRANSPORT_ERROR);
            return;
        }
        if (frame.isFinalFragment()) {
            deliver(ByteBufUtil.getBytes(frame.content()), text, compressed);
        } else {
            fragments = new ByteArrayOutputStream(frame.content().readableBytes() * 2);
            fragmentsAreText = text;
            fragmentsAreCompressed = compressed;
            append(frame);
        }
    }

    private void append(WebSocketFrame frame) throws MalformedPacketException, DataFormatException, IOException {
        var all = fragments;
        if (all == null) {
            fail(WebSocketCloseStatus.PROTOCOL_ERROR, CloseReason.TRANSPORT_ERROR);
            return;
        }
        if (all.size() + frame.content().readableBytes() > maxPayload) {
            throw new TooLongFrameException("a message of several frames is longer than " + maxPayload + " bytes");
        }
        frame.content().readBytes(all, frame.content().readableBytes());
        if (frame.isFinalFragment()) {
            fragments = null;
            deliver(all.toByteArray(), fragmentsAreText, fragmentsAreCompressed);
        }
    }

    private void deliver(byte[] bytes, boolean text, boolean compressed)
            throws MalformedPacketException, DataFormatException, CharacterCodingException {
        var plain = compressed ? MessageDeflater.inflate(bytes, maxPayload) : bytes;
        if (text) {
            session.receive(this, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain)).toString());
        } else {
            session.receive(this, plain);
        }
    }

    /** Writes messages and flushes once; on the event loop. */
    void write(List<EncodedMessage> messages, WriteBatch batch) {
        var ctx = context;
        if (ctx == null || closing) {
            return;
        }
        var bytes = batch.frames(messages, encoding, compressionThreshold, ctx.alloc());
        var length = bytes.readableBytes();
        var _ = ctx.writeAndFlush(bytes, ctx.voidPromise());
        writable = ctx.channel().isWritable();
        session.server().metrics().messagesSent(messages.size(), length);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        writable = ctx.channel().isWritable();
        if (writable) {
            session.writable();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Nobody is behind.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        // Nobody is behind.
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        session.transportLost(this, CloseReason.TRANSPORT_CLOSE);
    }

    @Override
    @SuppressWarnings("deprecation") // Netty deprecates it for outbound use only
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException corrupted -> fail(corrupted.closeStatus(),
                    CloseReason.TRANSPORT_ERROR);
            case CodecException _ -> fail(WebSocketCloseStatus.PROTOCOL_ERROR, CloseReason.TRANSPORT_ERROR);
            default -> {
                var _ = ctx.close();
                session.transportLost(this, CloseReason.TRANSPORT_ERROR);
            }
        }
    }

    private void fail(WebSocketCloseStatus status, CloseReason reason) {
        var ctx = context;
        if (ctx != null) {
            closeWith(ctx, status.code());
        }
        session.transportLost(this, reason);
    }

    /** Ends the connection from any thread, after the messages given, if the client reads at all. */
    void close(CloseReason reason, List<EncodedMessage> last) {
        if (outbox.loop().isShuttingDown()) {
            return; // and its channels with it
        }
        outbox.loop().execute(() -> {
            var ctx = context;
            if (ctx == null || closing) {
                return;
            }
            if (reason == CloseReason.SLOW_CONSUMER || !ctx.channel().isWritable()) {
                closing = true;
                var _ = ctx.close();
                return;
            }
            if (!last.isEmpty()) {
                try (var batch = new WriteBatch()) {
                    write(last, batch);
                }
            }
            var code = switch (reason) {
                case PARSE_ERROR -> 1007;
                case FLOOD -> 1008;
                case SERVER_SHUTDOWN -> 1001;
                default -> 1000;
            };
            closeWith(ctx, code);
        });
    }

    private void closeWith(ChannelHandlerContext ctx, int status) {
        end(ctx, deafToCloseFrames ? Unpooled.EMPTY_BUFFER : frame(CLOSE, bytes(status)));
    }

    /** Writes what is last, then ends the TCP connection; there are clients that wait for that. */
    private void end(ChannelHandlerContext ctx, ByteBuf last) {
        if (closing) {
            last.release();
            return;
        }
        closing = true;
        var timeout = ctx.executor().schedule(() -> {
            var _ = ctx.close();
        }, 2, TimeUnit.SECONDS);
        ctx.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        ctx.channel().closeFuture().addListener(_ -> timeout.cancel(false));
    }

    private static void control(ChannelHandlerContext ctx, int opcode, byte[] data) {
        var _ = ctx.writeAndFlush(frame(opcode, data), ctx.voidPromise());
    }

    private static byte[] bytes(int status) {
        return new byte[]{(byte) (status >> 8), (byte) status};
    }

    private static ByteBuf frame(int opcode, byte[] data) {
        var writer = new FrameWriter(data.length + 2);
        writer.frame(opcode, data);
        return Unpooled.wrappedBuffer(writer.bytes());
    }

    /** Reads on, or stops reading, so that a client cannot make us queue more than we handle. */
    void setReading(boolean reading) {
        var ctx = context;
        if (ctx != null) {
            ctx.channel().config().setAutoRead(reading);
        }
    }
}
