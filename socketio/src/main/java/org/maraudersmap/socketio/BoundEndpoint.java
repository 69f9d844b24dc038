package org.maraudersmap.socketio;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** An open port with its event loops; {@link #close} it when the server has shut down. */
public final class BoundEndpoint implements AutoCloseable {
    private final EventLoopGroup loops;
    private final Channel channel;
    private final String transport;

    private record Loops(String name, IoHandlerFactory factory, Class<? extends ServerChannel> channel) {}

    private BoundEndpoint(EventLoopGroup loops, Channel channel, String transport) {
        this.loops = loops;
        this.channel = channel;
        this.transport = transport;
    }

    static BoundEndpoint open(SocketIoServer server, Endpoint endpoint) {
        var kind = choose(endpoint.transport());
        var loops = new MultiThreadIoEventLoopGroup(endpoint.threads(), kind.factory);
        var limits = new HttpDecoderConfig().setMaxInitialLineLength(server.settings().engine().maxUriLength() + 32)
                .setMaxHeaderSize(server.settings().engine().maxHeaderBytes());
        var bootstrap = new ServerBootstrap().group(loops).channel(kind.channel).option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel child) {
                        var pipeline = child.pipeline();
                        endpoint.tls().ifPresent(tls -> pipeline.addLast(tls.newHandler(child.alloc())));
                        pipeline.addLast(new HttpServerCodec(limits), server.handler(), endpoint.otherwise().get());
                    }
                });
        try {
            return new BoundEndpoint(loops,
                    bootstrap.bind(endpoint.host(), endpoint.port()).syncUninterruptibly().channel(), kind.name);
        } catch (Exception e) {
            var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IllegalStateException("Cannot listen on %s:%d (%s); is the port taken?"
                    .formatted(endpoint.host(), endpoint.port(), e.getMessage()), e);
        }
    }

    private static Loops choose(Endpoint.Transport wanted) {
        if (wanted == Endpoint.Transport.IO_URING && isUringAvailable()) {
            return new Loops("io_uring", IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class);
        }
        if (wanted != Endpoint.Transport.NIO && isEpollAvailable()) {
            return new Loops("epoll", EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
        }
        return new Loops("nio", NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }

    private static boolean isEpollAvailable() {
        try {
            return Epoll.isAvailable();
        } catch (LinkageError e) {
            return false; // the jar is not there
        }
    }

    private static boolean isUringAvailable() {
        try {
            return IoUring.isAvailable();
        } catch (LinkageError e) {
            return false; // the jar is not there
        }
    }

    /** The port that is open. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** What carries it: {@code epoll}, {@code io_uring} or {@code nio}. */
    public String transport() {
        return transport;
    }

    /** Closes the port and whatever connections are left, and waits for it. */
    @Override
    public void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        channel.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
