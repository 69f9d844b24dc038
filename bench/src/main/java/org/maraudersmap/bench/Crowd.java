package org.maraudersmap.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Thousands of clients of one server, all read by one thread, which counts what comes and knows when the last one has
 * it. The first client also gives the orders.
 */
final class Crowd implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private final int port;
    private final ClientReader reader = new ClientReader(this::heard,
            closed -> expectation().fulfilled.completeExceptionally(closed));
    private volatile Expectation expectation = new Expectation('-', 0);

    /** So many packets of one kind that must come. Counted by the reader only. */
    private static final class Expectation {
        private final int type;
        private final CompletableFuture<Long> fulfilled = new CompletableFuture<>();
        private final Latencies latencies = new Latencies();
        private long missing;

        Expectation(int type, long count) {
            this.type = type;
            this.missing = count;
        }
    }

    Crowd(int port) throws IOException {
        this.port = port;
    }

    /** Connects more, until there are so many and all are in the main namespace. */
    void growTo(int count) throws IOException, InterruptedException {
        var missing = count - reader.clients().size();
        if (missing > 0) {
            expect('0', missing);
            for (var i = 0; i < missing; i++) {
                reader.add(open());
            }
            await();
        }
    }

    private ListeningClient open() throws IOException {
        var channel = SocketChannel.open();
        // Reset instead of a long goodbye: the next round needs the ports.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        return handshake(channel);
    }

    private ListeningClient handshake(SocketChannel channel) throws IOException {
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var client = new ListeningClient(channel, PeersBench.TOKEN);
        client.handshake();
        return client;
    }

    /** A client that comes in and never reads again. */
    SocketChannel stalledClient() throws IOException {
        var channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        handshake(channel).enter();
        return channel;
    }

    /** Lets some clients join the small room. */
    void joinRoom(int count) throws IOException, InterruptedException {
        expect('3', count);
        var clients = reader.clients();
        for (var client : clients.subList(clients.size() - count, clients.size())) {
            client.send("420[\"join\"]");
        }
        await();
    }

    /** Lets the server collect its garbage. */
    void collectGarbage() throws IOException, InterruptedException {
        expect('3', 1);
        reader.clients().getFirst().send("420[\"gc\"]");
        await();
    }

    /** Orders broadcasts and waits until so many have been heard: the nanoseconds from the order to the last one. */
    long broadcast(String order, int broadcasts, int heard) throws IOException, InterruptedException {
        expect('2', heard);
        var before = System.nanoTime();
        order(order, broadcasts, "");
        return await() - before;
    }

    /** Orders broadcasts at a steady rate: how long each of the clients waited for each. */
    Latencies steadily(int perSecond, int count, String filler) throws IOException, InterruptedException {
        expect('2', (long) count * reader.clients().size());
        var start = System.nanoTime();
        for (var i = 0; i < count; i++) {
            var due = start + i * 1_000_000_000L / perSecond;
            for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                TimeUnit.NANOSECONDS.sleep(left);
            }
            order("broadcast", 1, Stamp.title(due) + filler);
        }
        await();
        return expectation.latencies;
    }

    private void order(String order, int broadcasts, String title) throws IOException {
        reader.clients().getFirst().send("42[\"" + order + "\"," + broadcasts + ",\"" + title + "\"]");
    }

    private Expectation expectation() {
        return expectation;
    }

    private void expect(int type, long count) {
        expectation = new Expectation(type, count);
    }

    private long await() throws IOException, InterruptedException {
        try {
            return expectation.fulfilled.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(expectation.missing + " packets did not come", e);
        }
    }

    private void heard(ByteBuffer bytes, int from, int to) {
        var current = expectation;
        if (to - from < 2 || bytes.get(from) != '4' || bytes.get(from + 1) != current.type) {
            return;
        }
        var due = Stamp.find(bytes, from, to);
        if (due.isPresent()) {
            current.latencies.add(System.nanoTime() - due.getAsLong());
        }
        if (--current.missing == 0) {
            current.fulfilled.complete(System.nanoTime());
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
