package org.maraudersmap.server.platform.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.StartRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server in the data directory, started and stopped with this process, durable like any other one. If this
 * process was killed, its server goes on; the next start stops it first. If the server dies, it is started again on the
 * same port; if that cannot be done, {@code onLoss} is run.
 */
final class EmbeddedDatabase implements Database {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration STOP_WAIT = Duration.ofSeconds(30);
    /** After a crash it may have two gigabytes of log to go through. */
    private static final Duration START_WAIT = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_NANOS = 5_000_000;
    private static final int ATTEMPTS = 5;
    /** Among which it says why it does not start. */
    private static final int LINES_OF_START = 50;
    /** A server that has run for so long had no part in the deaths of those before it. */
    private static final Duration LONG_LIFE = Duration.ofMinutes(1);
    /** In a server's pid file, counted from 0. */
    private static final int LINE_OF_STATE = 7;

    private final DataDirectory directory;
    private final Runnable onLoss;
    private final CompletableFuture<DatabaseAddress> running;
    private volatile boolean closing;
    private volatile @Nullable Process server;

    private EmbeddedDatabase(DataDirectory directory, Runnable onLoss) {
        this.directory = directory;
        this.onLoss = onLoss;
        this.running = CompletableFuture
                .supplyAsync(this::startServer, Thread.ofPlatform().name("embedded-database")::start);
    }

    /** Begins to start it and returns; whoever asks it for something first waits until it runs. */
    static EmbeddedDatabase start(DataDirectory directory, Runnable onLoss) {
        return new EmbeddedDatabase(directory, onLoss);
    }

    @Override
    public DatabaseAddress awaitAddress() {
        try {
            return running.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private DatabaseAddress startServer() {
        try {
            directory.refuseWhatIsNotOurs();
            var programs = PostgresPrograms.unpackIn(directory);
            var cluster = new PostgresCluster(directory, programs);
            cluster.stopWhatWasLeftBehind();
            cluster.makeOrSecure();
            var port = launchOnFreePort(programs, cluster);
            Thread.ofPlatform()
                    .name("embedded-database-supervisor")
                    .daemon()
                    .start(() -> supervise(programs, cluster, port));
            return new DatabaseAddress(
                    "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                    Optional.of(PostgresCluster.ROLE),
                    Optional.of(cluster.password()));
        } catch (IOException cause) {
            throw new StartRefusedException(
                    "DATA_DIR=" + directory.resolve(".").normalize() + ": the embedded PostgreSQL in "
                            + PostgresCluster.folderIn(directory) + " does not start: " + DataDirectory.reasonOf(cause)
                            + "; mend it, restore a backup, or choose another directory.");
        }
    }

    private int launchOnFreePort(PostgresPrograms programs, PostgresCluster cluster) throws IOException {
        for (var attempt = 1;; attempt++) {
            var port = freePort();
            try {
                launch(programs, cluster, port);
                return port;
            } catch (IOException failure) {
                var taken = String.valueOf(failure.getMessage()).contains("TCP/IP socket");
                if (!taken || attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** Returns once it takes connections. */
    private void launch(PostgresPrograms programs, PostgresCluster cluster, int port) throws IOException {
        var arguments = new ArrayList<>(List.of("-D", cluster.folder().toString(), "-p", String.valueOf(port)));
        for (var setting : settings()) {
            arguments.addAll(List.of("-c", setting));
        }
        var process = programs.start("postgres", arguments);
        server = process;
        var said = new ArrayList<String>();
        var reader = Thread.ofVirtual().start(() -> readLog(process.inputReader(), said));
        var began = System.nanoTime();
        var lastWord = began;
        while (!isReady(cluster)) {
            var now = System.nanoTime();
            if (!process.isAlive() || now - began > START_WAIT.toNanos()) {
                process.destroyForcibly();
                awaitEnd(reader);
                throw new IOException(PostgresMessages.reasonIn(said));
            }
            if (now - lastWord > PATIENCE.toNanos()) {
                lastWord = now;
                log.info("the database server recovers from a crash; it has taken {} s", (now - began) / 1_000_000_000);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private static List<String> settings() {
        return List.of(
                "listen_addresses=127.0.0.1",
                // A socket in the file system would be one more door.
                "unix_socket_directories=",
                "authentication_timeout=10s",
                "lc_messages=C",
                "logging_collector=off",
                "log_destination=stderr",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "max_connections=100",
                "shared_buffers=256MB",
                "max_wal_size=2GB",
                "timezone=UTC");
    }

    private static void readLog(BufferedReader output, List<String> said) {
        try (output) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                log.debug("{}", line);
                if (said.size() < LINES_OF_START) {
                    said.add(line);
                }
            }
        } catch (IOException ended) {
            log.trace("the database server says nothing more", ended);
        }
    }

    private static void awaitEnd(Thread reader) {
        try {
            reader.join(Duration.ofSeconds(1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isReady(PostgresCluster cluster) {
        try {
            var lines = Files.readAllLines(cluster.folder().resolve("postmaster.pid"));
            return lines.size() > LINE_OF_STATE && lines.get(LINE_OF_STATE).strip().equals("ready");
        } catch (IOException notYet) {
            return false;
        }
    }

    private void supervise(PostgresPrograms programs, PostgresCluster cluster, int port) {
        try {
            var started = System.nanoTime();
            for (var attempts = ATTEMPTS; attempts > 0; attempts--) {
                var code = Optional.ofNullable(server).orElseThrow().waitFor();
                if (closing) {
                    return;
                }
                if (System.nanoTime() - started > LONG_LIFE.toNanos()) {
                    attempts = ATTEMPTS;
                }
                log.error("the database server has ended with {}; it is started again", code);
                var began = System.nanoTime();
                cluster.stopWhatWasLeftBehind();
                launch(programs, cluster, port);
                started = System.nanoTime();
                log.info("the database server runs again after {} ms", (started - began) / 1_000_000);
            }
            log.error("the database server ends again and again; so does this process");
        } catch (IOException | RuntimeException failure) {
            if (closing) {
                return;
            }
            log.error("the database server cannot be started again, so this process ends: {}", failure.getMessage());
        } catch (InterruptedException interrupted) {
            return;
        }
        onLoss.run();
    }

    /** Leaves the server to itself, as a process that is killed does. */
    void abandon() {
        closing = true;
    }

    /** Stops it, once it has started. */
    @Override
    public void close() throws IOException {
        closing = true;
        try {
            running.join();
        } catch (CompletionException neverStarted) {
            log.debug("there is no database server to stop", neverStarted);
        }
        var process = server;
        if (process == null || !process.isAlive()) {
            return;
        }
        PostgresCluster.interrupt(process.pid());
        try {
            if (!process.waitFor(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
