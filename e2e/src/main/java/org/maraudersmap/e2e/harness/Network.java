package org.maraudersmap.e2e.harness;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The network between clients and products, as a port of its own: it can be cut and healed, lead to another node, and
 * break right after a certain message.
 */
public final class Network implements AutoCloseable {
    private static final int BACKLOG = 4_096;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile boolean isCut;
    private volatile @Nullable String lastWords;

    private Network(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** A network that leads to a product. */
    public static Network to(Product product) {
        try {
            var network = new Network(
                    new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()),
                    product.port());
            Thread.ofVirtual().name("network").start(network::accept);
            return network;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** What clients connect to. */
    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** New connections lead to this product. */
    public void leadTo(Product product) {
        target = product.port();
    }

    /** Breaks all connections, and every new one at once. */
    public void cut() {
        isCut = true;
        open.forEach(Network::closeQuietly);
    }

    /**
     * Cuts itself as soon as the first WebSocket message to a client that contains {@code text} has passed; nothing
     * after it does. Only for connections that are made from now on, without compression.
     */
    public void cutAfterMessageWith(String text) {
        lastWords = text;
    }

    /** Whether it is cut. */
    public boolean isCut() {
        return isCut;
    }

    /** Lets new connections through again. */
    public void heal() {
        lastWords = null;
        isCut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                if (isCut) {
                    closeQuietly(client);
                } else {
                    Thread.ofVirtual().start(() -> connect(client));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try (client; var product = new Socket(InetAddress.getLoopbackAddress(), target)) {
            client.setTcpNoDelay(true);
            product.setTcpNoDelay(true);
            open.add(client);
            open.add(product);
            try {
                if (isCut) {
                    return;
                }
                var upwards = Thread.ofVirtual().start(() -> {
                    copy(client, product);
                    closeQuietly(product);
                });
                if (lastWords == null) {
                    copy(product, client);
                } else {
                    copyFrames(product, client);
                }
                closeQuietly(client);
                upwards.join();
            } finally {
                open.remove(client);
                open.remove(product);
            }
        } catch (IOException refused) {
            // The client sees it by itself.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // One end is gone; the caller closes the other one.
        }
    }

    private void copyFrames(Socket from, Socket to) {
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            out.write(readHead(in));
            while (!isCut) {
                var header = readFully(in, 2);
                var length = header[1] & 0x7f;
                var extended = readFully(
                        in,
                        length == LENGTH_IN_2_BYTES ? 2 : length == LENGTH_IN_8_BYTES ? Long.BYTES : 0);
                var payload = readFully(in, lengthOfPayload(length, extended));
                out.write(header);
                out.write(extended);
                out.write(payload);
                var last = lastWords;
                if (last != null && new String(payload, StandardCharsets.UTF_8).contains(last)) {
                    // Not torn off: what has passed arrives.
                    to.shutdownOutput();
                    isCut = true;
                    return;
                }
            }
        } catch (IOException broken) {
            // One end is gone; the caller closes the other one.
        }
    }

    private static int lengthOfPayload(int length, byte[] extended) {
        return switch (length) {
            case LENGTH_IN_2_BYTES -> ByteBuffer.wrap(extended).getShort() & 0xffff;
            case LENGTH_IN_8_BYTES -> Math.toIntExact(ByteBuffer.wrap(extended).getLong());
            default -> length;
        };
    }

    /** The answer to the upgrade, up to the empty line. */
    private static byte[] readHead(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            head.write(readFully(in, 1));
        }
        return head.toByteArray();
    }

    private static byte[] readFully(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // That was the purpose.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        cut();
    }
}
