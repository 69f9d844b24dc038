package org.maraudersmap.socketio;

import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A port to open.
 *
 * @param host
 *            the address to listen on, e.g. {@code 0.0.0.0}
 * @param port
 *            the port; 0 takes a free one
 * @param transport
 *            how Netty talks to the operating system
 * @param threads
 *            event loops; 0 is one per processor
 * @param tls
 *            TLS, if wanted
 * @param otherwise
 *            makes the handler (of {@code HttpObject}s) for all requests that are not to the Socket.IO path; by
 *            default they get 404
 */
public record Endpoint(String host, int port, Transport transport, int threads, Optional<SslContext> tls,
        Supplier<ChannelHandler> otherwise) {

    /** How Netty talks to the operating system. */
    public enum Transport {
        /** epoll where it is available, else NIO. */
        AUTO,
        /** io_uring where it is available, else epoll, else NIO. */
        IO_URING,
        /** NIO. */
        NIO
    }

    /** Plain TCP on the best transport. */
    public static Endpoint of(String host, int port) {
        return new Endpoint(host, port, Transport.AUTO, 0, Optional.empty(), NotFoundHandler::new);
    }

    /** The same with another transport. */
    public Endpoint transport(Transport value) {
        return new Endpoint(host, port, value, threads, tls, otherwise);
    }

    /** The same with so many event loops. */
    public Endpoint threads(int value) {
        return new Endpoint(host, port, transport, value, tls, otherwise);
    }

    /** The same with TLS. */
    public Endpoint tls(SslContext value) {
        return new Endpoint(host, port, transport, threads, Optional.of(value), otherwise);
    }

    /** The same with a handler for all other requests. */
    public Endpoint otherwise(Supplier<ChannelHandler> value) {
        return new Endpoint(host, port, transport, threads, tls, value);
    }
}
