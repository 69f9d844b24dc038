package org.maraudersmap.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Many Socket.IO clients over WebSocket, all read by one thread. */
final class ListeningClients implements AutoCloseable {
    private static final int READ_BUFFER = 1 << 18;
    private final Selector selector;
    private final List<ListeningClient> clients = new ArrayList<>();
    private final AtomicInteger welcomed = new AtomicInteger();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER);
    private final Thread reader = Thread.ofPlatform().name("clients").daemon().unstarted(this::read);
    private volatile Latencies latencies = new Latencies();
    private volatile boolean open = true;
    private final AtomicInteger lost = new AtomicInteger();

    private ListeningClients(Selector selector) {
        this.selector = selector;
    }

    /** Connects so many and waits until all are welcomed. */
    static ListeningClients connect(int count, int port, String token) throws IOException, InterruptedException {
        var all = new ListeningClients(Selector.open());
        for (var i = 0; i < count; i++) {
            var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var client = new ListeningClient(channel, token);
            client.handshake();
            channel.configureBlocking(false);
            channel.register(all.selector, SelectionKey.OP_READ, client);
            all.clients.add(client);
        }
        all.reader.start();
        var deadline = System.nanoTime() + 30_000_000_000L;
        while (all.welcomed.get() < count) {
            if (System.nanoTime() > deadline || all.lost() > 0) {
                throw new IOException(all.welcomed.get() + " of " + count + " clients were welcomed");
            }
            Thread.sleep(10);
        }
        return all;
    }

    /** From now on, latencies go here. */
    void recordTo(Latencies target) {
        latencies = target;
    }

    /** How many connections have been closed by the server. */
    int lost() {
        return lost.get();
    }

    private void read() {
        try {
            while (open) {
                selector.select(this::readFrom);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void readFrom(SelectionKey key) {
        var client = (ListeningClient) key.attachment();
        try {
            buffer.clear();
            client.prepend(buffer);
            if (client.channel().read(buffer) < 0) {
                throw new IOException("closed");
            }
            var now = System.nanoTime();
            buffer.flip();
            if (client.consume(buffer, due -> latencies.add(now - due))) {
                welcomed.incrementAndGet();
            }
        } catch (IOException closed) {
            key.cancel();
            lost.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        open = false;
        selector.wakeup();
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (var client : clients) {
            client.channel().close();
        }
        selector.close();
    }
}
