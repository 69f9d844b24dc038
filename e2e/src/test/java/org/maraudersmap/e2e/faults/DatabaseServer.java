package org.maraudersmap.e2e.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL server of a test's own, from the programs that a product has unpacked, so that it can be killed, started
 * again and given a disk that is too small.
 */
final class DatabaseServer implements AutoCloseable {
    private static final Duration START_WAIT = Duration.ofSeconds(30);

    private final Path programs;
    private final Path data;
    private final Path log;
    private final int port;
    private Process process;

    /**
     * Makes and starts one.
     *
     * @param programs
     *            where {@code initdb} and {@code postgres} are
     * @param data
     *            a directory that does not exist yet
     */
    DatabaseServer(Path programs, Path data, Path log) throws IOException, InterruptedException {
        this.programs = programs;
        this.data = data;
        this.log = log;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        var made = command("initdb", "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                "--locale=C");
        if (made.waitFor() != 0) {
            throw new IllegalStateException("initdb failed: " + Files.readString(log));
        }
        this.process = launch();
    }

    int port() {
        return port;
    }

    /** A session outside of any line and pool. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
    }

    /** Kills it with all its children (SIGKILL). */
    void kill() throws InterruptedException {
        var family = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
        family.forEach(member -> member.onExit().join());
    }

    void startAgain() throws IOException {
        process = launch();
    }

    private Process launch() throws IOException {
        var launched = command(
                "postgres", "-D", data.toString(), "-p", String.valueOf(port), "-k", "",
                "-c", "listen_addresses=127.0.0.1", "-c", "min_wal_size=32MB", "-c", "max_wal_size=64MB");
        var deadline = System.nanoTime() + START_WAIT.toNanos();
        while (true) {
            try (var _ = connect()) {
                return launched;
            } catch (SQLException starting) {
                if (System.nanoTime() > deadline || !launched.isAlive()) {
                    throw new IllegalStateException("the database does not start: " + Files.readString(log), starting);
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    /** PostgreSQL refuses to run as root; in a namespace of its own it is nobody. */
    private Process command(String program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
