package org.maraudersmap.server.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.maraudersmap.server.platform.StartRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server in the data directory, started and stopped with this process, durable like any other one. If this
 * process was killed, its server goes on; the next start stops it first, whoever's work it was in the middle of: that
 * work was never acknowledged.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration STOP_WAIT = Duration.ofSeconds(30);
    private static final Duration START_WAIT = Duration.ofSeconds(60);

    private final CompletableFuture<EmbeddedPostgres> server;

    private EmbeddedDatabase(CompletableFuture<EmbeddedPostgres> server) {
        this.server = server;
    }

    /** Begins to start it and returns; whoever asks it for something first waits until it runs. */
    static EmbeddedDatabase start(DataDirectory directory) {
        var thread = Thread.ofPlatform().name("embedded-database");
        return new EmbeddedDatabase(CompletableFuture.supplyAsync(() -> startServer(directory), thread::start));
    }

    private static EmbeddedPostgres startServer(DataDirectory directory) {
        var data = directory.resolve("postgresql");
        try {
            stopOrphanedServer(data);
            Files.createDirectories(data.getParent());
            return EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    // Spring stops it, after everything that uses it; a hook of its own would run beside that.
                    .setRegisterShutdownHook(false)
                    .setOverrideWorkingDirectory(directory.resolve("postgresql-binaries").toFile())
                    .setPGStartupWait(START_WAIT)
                    .setLocaleConfig("locale", "C.UTF-8")
                    // The library is made for tests and turns these off.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "2GB")
                    .setServerConfig("timezone", "UTC")
                    .start();
        } catch (IOException cause) {
            throw new StartRefusedException(
                    "The embedded PostgreSQL in " + data + " does not start: " + cause.getMessage());
        }
    }

    /**
     * Where it is.
     *
     * @throws StartRefusedException
     *             if it does not start
     */
    String jdbcUrl() {
        try {
            return server.join().getJdbcUrl("postgres", "postgres");
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** Stops what a killed process left behind; harmless if its pid belongs to somebody else by now. */
    private static void stopOrphanedServer(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        var orphan = ProcessHandle.of(pid).filter(process -> isServerOf(data, process.pid()));
        if (orphan.isEmpty()) {
            return;
        }
        log.info("stopping the database server {} that a killed process left behind", pid);
        // SIGINT is PostgreSQL's fast shutdown; Java's destroy() would be the one that waits for clients.
        new ProcessBuilder("kill", "-INT", String.valueOf(pid)).start();
        try {
            orphan.get().onExit().get(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException cause) {
            throw new StartRefusedException(
                    "The database server " + pid + " in " + data + " does not stop; stop it and start again.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A PostgreSQL server works in its data directory. */
    private static boolean isServerOf(Path data, long pid) {
        try {
            return Files.isSameFile(Path.of("/proc", String.valueOf(pid), "cwd"), data);
        } catch (IOException notOurs) {
            return false;
        }
    }

    /** Stops it, once it has started. */
    @Override
    public void close() throws IOException {
        EmbeddedPostgres started;
        try {
            started = server.join();
        } catch (CompletionException neverStarted) {
            return;
        }
        started.close();
    }
}
