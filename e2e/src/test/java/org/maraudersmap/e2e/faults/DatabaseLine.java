package org.maraudersmap.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The network between one node and its database, as a port of its own, which can behave badly. */
final class DatabaseLine implements AutoCloseable {
    private static final int BUFFER = 16_384;
    private static final Duration LOOK = Duration.ofMillis(20);

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.PASSING;

    /** What becomes of what is sent. */
    enum Mode {
        PASSING,
        /** Nothing arrives, and nobody is told. */
        FROZEN,
        /** Connections are reset, new ones too. */
        RESET,
        /** Everything arrives 200 ms later, in either direction. */
        SLOW
    }

    DatabaseLine(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        Thread.ofVirtual().name("database-line").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void behave(Mode next) {
        mode = next;
        if (next == Mode.RESET) {
            open.forEach(DatabaseLine::reset);
        }
    }

    /** Whether the database knows one of its connections by this port. */
    boolean hasPortAtDatabase(int port) {
        return open.stream().anyMatch(socket -> socket.getPort() == target && socket.getLocalPort() == port);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var node = server.accept();
                if (mode == Mode.RESET) {
                    reset(node);
                } else {
                    Thread.ofVirtual().start(() -> connect(node));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket node) {
        try (node; var database = new Socket(InetAddress.getLoopbackAddress(), target)) {
            node.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
            open.add(node);
            open.add(database);
            try {
                var upwards = Thread.ofVirtual().start(() -> pass(node, database));
                pass(database, node);
                upwards.join();
            } finally {
                open.remove(node);
                open.remove(database);
            }
        } catch (IOException refused) {
            // The node sees it by itself.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket from, Socket to) {
        var buffer = new byte[BUFFER];
        try {
            for (var read = from.getInputStream().read(buffer); read >= 0; read = from.getInputStream().read(buffer)) {
                if (mode == Mode.SLOW) {
                    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                }
                awaitThaw();
                to.getOutputStream().write(buffer, 0, read);
            }
            awaitThaw();
        } catch (IOException broken) {
            // The other end is told below.
        }
        closeQuietly(from);
        closeQuietly(to);
    }

    private void awaitThaw() {
        while (mode == Mode.FROZEN && !server.isClosed()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException gone) {
            // So much the better.
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // That was the purpose.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(DatabaseLine::closeQuietly);
    }
}
