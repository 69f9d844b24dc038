package org.maraudersmap.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The packaged product, run as a process of its own on a free port, with a data directory of its own under
 * {@code target/products/<name>}. It can be stopped, killed and started again on the same port and data; whatever
 * happens, {@link #close()} or the end of this JVM leaves no process behind.
 */
public final class Product implements AutoCloseable {
    private static final Duration START_WAIT = Duration.ofMinutes(3);
    private static final Duration STOP_WAIT = Duration.ofSeconds(40);
    private static final Set<Product> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Product::close)));
    }

    private final List<String> command;
    private final Path directory;
    private final Map<String, String> environment;
    private final int port;
    private final Api api;
    private @Nullable Process process;
    private Duration lastStart = Duration.ZERO;

    private Product(List<String> command, Path directory, Map<String, String> environment, int port) {
        this.command = command;
        this.directory = directory;
        this.environment = environment;
        this.port = port;
        this.api = new Api("http://127.0.0.1:" + port);
    }

    /**
     * A product with the data of a first start, demo users and all, not started yet; what an earlier one of this name
     * left is removed.
     *
     * @param environment
     *            settings besides PORT and DATA_DIR, which may be overridden too
     */
    public static Product named(String name, Map<String, String> environment) {
        var product = withoutData(name, environment);
        if (!environment.containsKey("DATABASE_URL")) {
            try {
                PackagedJar.copyDataTo(product.dataDirectory());
            } catch (IOException cause) {
                throw new UncheckedIOException(cause);
            }
        }
        return product;
    }

    /** One that has never been started. */
    public static Product withoutData(String name, Map<String, String> environment) {
        var directory = Path.of("target", "products", name).toAbsolutePath();
        stopDatabaseIn(directory);
        deleteRecursively(directory);
        return ofCommand(PackagedJar.command(), directory, environment);
    }

    /** One that is started by a command of choice. */
    static Product ofCommand(List<String> command, Path directory, Map<String, String> environment) {
        var port = freePort();
        var all = new HashMap<>(
                Map.of(
                        "PORT",
                        String.valueOf(port),
                        "DATA_DIR",
                        directory.resolve("data").toString(),
                        // One user of a test writes as fast as it goes.
                        "MAX_WRITES_PER_USER_PER_MINUTE",
                        "1000000"));
        all.putAll(environment);
        try {
            Files.createDirectories(directory);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        var product = new Product(command, directory, all, port);
        OPEN.add(product);
        return product;
    }

    /**
     * Another node on the embedded database of a product that runs, not started yet. Both must have been given the same
     * JWT_SECRET.
     */
    public static Product onDatabaseOf(Product first, String name, Map<String, String> environment) {
        var all = new HashMap<>(
                Map.of(
                        "DATABASE_URL",
                        first.databaseUrl(),
                        "NODE_ID",
                        name,
                        "HOST",
                        "127.0.0.1",
                        "DEMO_DATA",
                        "on"));
        all.putAll(environment);
        return named(name, all);
    }

    /** Where its embedded database is now, password and all. */
    public String databaseUrl() {
        var database = Postmaster.of(databaseDirectory(directory)).orElseThrow();
        try {
            var password = Files.readString(dataDirectory().resolve("database-password")).strip();
            return "postgresql://marauders_map:" + password + "@127.0.0.1:" + database.port() + "/postgres";
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Starts it and returns once it is ready. */
    public Product start() {
        var began = System.nanoTime();
        var started = launch();
        while (!api().isReady()) {
            if (!started.isAlive()) {
                throw new IllegalStateException(
                        "the product ended with " + started.exitValue() + " instead of starting:\n" + tailOfLog());
            }
            if (System.nanoTime() - began > START_WAIT.toNanos()) {
                throw new IllegalStateException("not ready after " + START_WAIT + ":\n" + tailOfLog());
            }
            pause();
        }
        lastStart = Duration.ofNanos(System.nanoTime() - began);
        return this;
    }

    /** Starts it and waits for it to end by itself: the exit code. */
    public int startInVain() {
        return waitForEnd(launch(), START_WAIT);
    }

    private Process launch() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("it runs already");
        }
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        // Settings that happen to be in this environment are not the product's.
        builder.environment().keySet().retainAll(Set.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "USER"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return process;
    }

    /** What a command of the product said, and how it ended. */
    public record Outcome(int exitCode, String output) {}

    /** Runs one of its commands, such as {@code backup <file>}, on its data, beside it or while it is stopped. */
    public Outcome runCommand(String... arguments) {
        var all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        var builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            var running = builder.start();
            var output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(waitForEnd(running, START_WAIT), output);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Starts it, and kills it (SIGKILL) after a while, whatever it is doing by then. */
    public void startAndKillAfter(Duration moment) {
        var started = launch();
        try {
            started.waitFor(moment.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    /** Kills the main process of its embedded database (SIGKILL), and nothing else. */
    public void killDatabase() {
        Postmaster.of(databaseDirectory(directory)).orElseThrow().process().destroyForcibly();
    }

    /** Whether a process of its embedded database runs. */
    public boolean hasDatabase() {
        return Postmaster.of(databaseDirectory(directory)).isPresent();
    }

    /** Asks it to end (SIGTERM) and waits until it has: the exit code. */
    public int stop() {
        terminate();
        return awaitEnd();
    }

    /** Asks it to end (SIGTERM) and returns at once. */
    public void terminate() {
        running().destroy();
    }

    /** Waits until it has ended: the exit code. */
    public int awaitEnd() {
        return waitForEnd(running(), STOP_WAIT);
    }

    /** Waits until its embedded database has ended, which it does before the process. */
    void awaitEndOfDatabase() {
        Postmaster.of(databaseDirectory(directory)).ifPresent(database -> database.process().onExit().join());
    }

    /** Kills it (SIGKILL); its embedded database goes on alone, as after any crash. */
    public void kill() {
        running().destroyForcibly();
        waitForEnd(running(), STOP_WAIT);
    }

    /** Kills it and its embedded database (SIGKILL), as if the machine had lost power. */
    public void killWithDatabase() {
        var database = Postmaster.of(databaseDirectory(directory));
        running().destroyForcibly();
        database.ifPresent(Postmaster::kill);
        waitForEnd(running(), STOP_WAIT);
    }

    /** Stops its process where it is (SIGSTOP): it does nothing and answers nobody, but its connections stay. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen process go on (SIGCONT). */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(running().pid())).start().waitFor();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether its process lives. */
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** A client of its REST API. */
    public Api api() {
        return api;
    }

    /** The port, the same after every start. */
    public int port() {
        return port;
    }

    /** Of its process, of this start. */
    public long pid() {
        return running().pid();
    }

    /** How long it has computed since its last start, without its database. */
    public Duration cpuTime() {
        return running().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Where its data lives. */
    public Path dataDirectory() {
        return directory.resolve("data");
    }

    /** How long the last start took, from launch to ready. */
    public Duration lastStart() {
        return lastStart;
    }

    /** Where it writes what it says, of all its starts. */
    public Path log() {
        return directory.resolve("product.log");
    }

    /** Everything that it has said. */
    public String output() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Ends it and its database; its log stays. */
    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            process.destroy();
            try {
                if (!process.waitFor(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        stopDatabaseIn(directory);
        OPEN.remove(this);
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("it was never started");
        }
        return process;
    }

    private static int waitForEnd(Process ending, Duration atMost) {
        try {
            if (!ending.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the product still runs after " + atMost);
            }
            return ending.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private String tailOfLog() {
        var lines = output().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    private static Path databaseDirectory(Path directory) {
        return directory.resolve("data").resolve("postgresql");
    }

    static void stopDatabaseIn(Path directory) {
        Postmaster.of(databaseDirectory(directory)).ifPresent(Postmaster::stop);
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    static void deleteRecursively(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
