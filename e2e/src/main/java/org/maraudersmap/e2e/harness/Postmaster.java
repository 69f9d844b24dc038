package org.maraudersmap.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The main process of an embedded PostgreSQL; it outlives a killed product. */
record Postmaster(ProcessHandle process, int port) {
    private static final int LINE_OF_PORT = 3;

    /** The one that serves this data directory now, if any. */
    static Optional<Postmaster> of(Path data) {
        var pidFile = data.resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return Optional.empty();
            }
            var lines = Files.readAllLines(pidFile);
            if (lines.size() <= LINE_OF_PORT) {
                // Killed while it wrote this.
                return Optional.empty();
            }
            var pid = Long.parseLong(lines.getFirst().strip());
            var port = Integer.parseInt(lines.get(LINE_OF_PORT).strip());
            return ProcessHandle.of(pid)
                    .filter(found -> worksIn(data, pid))
                    .map(process -> new Postmaster(process, port));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** The pid in the file may be somebody else's by now; a PostgreSQL server works in its data directory. */
    private static boolean worksIn(Path data, long pid) {
        try {
            return Files.isSameFile(Path.of("/proc", String.valueOf(pid), "cwd"), data);
        } catch (IOException notOurs) {
            return false;
        }
    }

    /** Fast shutdown: clients are cut, what was committed is safe. */
    void stop() {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
            process.onExit().get(30, TimeUnit.SECONDS);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (ExecutionException | TimeoutException stuck) {
            kill();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /** Kills it with all its children. */
    void kill() {
        var family = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        family.add(process);
        family.forEach(member -> member.onExit().join());
    }
}
