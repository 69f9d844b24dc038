package org.maraudersmap.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Many Socket.IO clients of the product, which look for times in what they are told. */
final class ListeningClients implements AutoCloseable {
    private final AtomicInteger welcomed = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final ClientReader reader = new ClientReader(this::heard, _ -> lost.incrementAndGet());
    private volatile Latencies latencies = new Latencies();

    private ListeningClients() throws IOException {}

    /** Connects so many and waits until all are welcomed. */
    static ListeningClients connect(int count, int port, String token) throws IOException, InterruptedException {
        var all = new ListeningClients();
        for (var i = 0; i < count; i++) {
            var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var client = new ListeningClient(channel, token);
            client.handshake();
            all.reader.add(client);
        }
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

    private void heard(ByteBuffer bytes, int from, int to) {
        var due = Stamp.find(bytes, from, to);
        if (due.isPresent()) {
            latencies.add(System.nanoTime() - due.getAsLong());
        } else if (isWelcome(bytes, from, to)) {
            welcomed.incrementAndGet();
        }
    }

    private static boolean isWelcome(ByteBuffer bytes, int from, int to) {
        var text = new byte[Math.min(to - from, 64)];
        bytes.get(from, text);
        return new String(text, StandardCharsets.UTF_8).startsWith("42[\"connection:acknowledged\"");
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
