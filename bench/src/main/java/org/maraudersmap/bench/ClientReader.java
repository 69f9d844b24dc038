package org.maraudersmap.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** One thread that reads many clients, however many those are. Closing it closes them. */
final class ClientReader implements AutoCloseable {
    private static final int READ_BUFFER = 1 << 18;
    private final Selector selector = Selector.open();
    private final List<ListeningClient> clients = new ArrayList<>();
    private final Queue<ListeningClient> newcomers = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER);
    private final Thread thread = Thread.ofPlatform().name("clients").daemon().unstarted(this::read);
    private final ListeningClient.Listener listener;
    private final Consumer<IOException> lost;
    private volatile boolean open = true;

    /**
     * Starts to read.
     *
     * @param listener
     *            hears what any of the clients is told, on the reading thread
     * @param lost
     *            hears of every connection that breaks
     */
    ClientReader(ListeningClient.Listener listener, Consumer<IOException> lost) throws IOException {
        this.listener = listener;
        this.lost = lost;
        thread.start();
    }

    /** Reads one more, whose WebSocket is open. */
    void add(ListeningClient client) throws IOException {
        client.channel().configureBlocking(false);
        clients.add(client);
        newcomers.add(client);
        selector.wakeup();
    }

    /** In the order in which they came. */
    List<ListeningClient> clients() {
        return clients;
    }

    private void read() {
        try {
            while (open) {
                selector.select(this::readFrom);
                for (var client = newcomers.poll(); client != null; client = newcomers.poll()) {
                    client.channel().register(selector, SelectionKey.OP_READ, client);
                }
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
                throw new IOException("the server closed a connection");
            }
            buffer.flip();
            client.consume(buffer, listener);
        } catch (IOException closed) {
            key.cancel();
            lost.accept(closed);
        }
    }

    @Override
    public void close() throws IOException {
        open = false;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (var client : clients) {
            client.channel().close();
        }
        selector.close();
    }
}
