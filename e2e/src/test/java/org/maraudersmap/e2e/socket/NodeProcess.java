package org.maraudersmap.e2e.socket;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A Node.js process that runs {@code client.mjs}: lines go in and come out. To start one takes longer than most tests
 * do, so whoever has done with it leaves it to the next. It ends with this JVM.
 */
final class NodeProcess {
    private static final Path SCRIPT = Path.of("src", "test", "js", "client.mjs");
    private static final Queue<NodeProcess> IDLE = new ConcurrentLinkedQueue<>();

    private final Process process;
    private final BufferedWriter commands;
    private final AtomicLong numbers = new AtomicLong();
    private volatile Consumer<String> listener;

    private NodeProcess(Consumer<String> listener) throws IOException {
        Files.createDirectories(Path.of("target"));
        this.process = new ProcessBuilder("node", SCRIPT.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(Path.of("target", "client.log").toFile()))
                .start();
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.listener = listener;
    }

    /** An idle one, or a new one; {@code listener} is called with every line that it tells, on one thread. */
    static NodeProcess take(Consumer<String> listener) {
        for (var idle = IDLE.poll(); idle != null; idle = IDLE.poll()) {
            if (idle.process.isAlive()) {
                idle.listener = listener;
                return idle;
            }
        }
        try {
            var fresh = new NodeProcess(listener);
            Thread.ofPlatform().name("socket-clients").daemon().start(fresh::readWhatItTells);
            return fresh;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** A number that nobody has been given before who used this process. */
    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /**
     * Sends it a line.
     *
     * @throws UncheckedIOException
     *             if it is gone
     */
    void tell(String line) {
        synchronized (commands) {
            try {
                commands.write(line);
                commands.newLine();
                commands.flush();
            } catch (IOException cause) {
                throw new UncheckedIOException("the client process is gone; see target/client.log", cause);
            }
        }
    }

    private void readWhatItTells() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                listener.accept(line);
            }
        } catch (IOException gone) {
            // It has ended; whoever waits for it will say so.
        }
    }

    /** Nothing may go on in it any more. */
    void leaveToOthers() {
        listener = _ -> {
        };
        IDLE.add(this);
    }

    void end() {
        process.destroyForcibly();
    }
}
