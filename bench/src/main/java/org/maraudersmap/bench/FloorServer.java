package org.maraudersmap.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The least that a broadcast can cost on Netty and epoll: one frame, encoded once, is written and flushed to every
 * channel in a loop. No auth, no heartbeat, no queue, no limits.
 */
public final class FloorServer extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private final Map<EventLoop, Set<Channel>> everybody;
    private final Map<EventLoop, Set<Channel>> room;

    private FloorServer(Map<EventLoop, Set<Channel>> everybody, Map<EventLoop, Set<Channel>> room) {
        this.everybody = everybody;
        this.room = room;
    }

    /** Serves until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        var everybody = new ConcurrentHashMap<EventLoop, Set<Channel>>();
        var room = new ConcurrentHashMap<EventLoop, Set<Channel>>();
        var loops = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
        var channel = new ServerBootstrap().group(loops).channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096).childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel child) {
                        child.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(4096),
                                new WebSocketServerProtocolHandler("/socket.io/", true),
                                new FloorServer(everybody, room));
                    }
                }).bind("localhost", 0).sync().channel();
        System.out.println("ready " + ((InetSocketAddress) channel.localAddress()).getPort());
        System.in.transferTo(System.err);
        var _ = loops.shutdownGracefully();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
            answer(context, "0{}");
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        var text = frame.text();
        if (text.startsWith("40")) {
            add(everybody, context.channel());
            answer(context, "40{}");
        } else if (text.startsWith("420[\"join\"")) {
            add(room, context.channel());
            answer(context, "430[]");
        } else if (text.startsWith("420[\"gc\"")) {
            System.gc();
            answer(context, "430[]");
        } else {
            var order = text.split(",", 3);
            var to = order[0].equals("42[\"room\"") ? room : everybody;
            var bytes = frame(order[2].substring(1, order[2].length() - 2));
            var count = Integer.parseInt(order[1]);
            to.forEach((loop, channels) -> {
                bytes.retain();
                loop.execute(() -> {
                    for (var i = 0; i < count; i++) {
                        for (var channel : channels) {
                            var _ = channel.writeAndFlush(bytes.retainedDuplicate(), channel.voidPromise());
                        }
                    }
                    bytes.release();
                });
            });
            bytes.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The clients end with a reset.
        var _ = context.close();
    }

    private static void add(Map<EventLoop, Set<Channel>> all, Channel channel) {
        var loop = channel.eventLoop();
        all.computeIfAbsent(loop, _ -> ConcurrentHashMap.newKeySet()).add(channel);
        var _ = channel.closeFuture().addListener(_ -> all.getOrDefault(loop, Set.of()).remove(channel));
    }

    private static void answer(ChannelHandlerContext context, String text) {
        var _ = context.writeAndFlush(new TextWebSocketFrame(text));
    }

    private static ByteBuf frame(String title) {
        var json = JsonMapper.shared().writeValueAsString(LibraryServer.incident(0, title));
        var text = ("42[\"incident:created\"," + json + "]").getBytes(StandardCharsets.UTF_8);
        return Unpooled.directBuffer(text.length + 4).writeByte(0x81).writeByte(126).writeShort(text.length)
                .writeBytes(text);
    }
}
