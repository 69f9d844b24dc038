package org.maraudersmap.server.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of the embedded PostgreSQL. They are unpacked once into a folder where nobody else can write, and a
 * folder that is not complete, because the process was killed or the power went meanwhile, is never used.
 */
final class PostgresPrograms {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final String SEAL = "complete";
    private static final String ROOT_UID = "0";
    private static final long LONGEST_RUN_SECONDS = 120;

    private final Path home;
    private final Path workingDirectory;

    /** What a program said, on both of its channels, and its exit code. */
    record Outcome(int exitCode, String output) {}

    private PostgresPrograms(Path home, Path workingDirectory) {
        this.home = home;
        this.workingDirectory = workingDirectory;
    }

    /** Unpacks them unless that has been done. They work in the data directory, which tells them from others. */
    static PostgresPrograms unpackIn(DataDirectory directory) throws IOException {
        var parent = directory.keepFolder("postgresql-binaries");
        var home = parent.resolve(hashOfArchive().substring(0, 16));
        if (!isComplete(home)) {
            for (var old : DataDirectory.list(parent)) {
                DataDirectory.deleteRecursively(old);
            }
            var draft = parent.resolve(home.getFileName() + ".unfinished");
            unpackTo(draft);
            Files.writeString(draft.resolve(SEAL), sizeOf(draft));
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresPrograms(home, directory.resolve("."));
    }

    /** Begins to run one, with its errors among its output. */
    Process start(String program, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        if (isRoot()) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is somebody without rights.
            command.addAll(List.of("unshare", "--user", "--"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(workingDirectory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        // So that its messages can be read, whatever the language of whoever starts us.
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /** Runs one to its end. */
    Outcome run(String program, List<String> arguments, String input) throws IOException {
        var process = start(program, arguments);
        try {
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                stdin.write(input);
            } catch (IOException endedBefore) {
                // What it says instead tells why.
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(program + " does not end");
            }
            return new Outcome(process.exitValue(), output);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", interrupted);
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isRoot() throws IOException {
        return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).equals(ROOT_UID);
    }

    private static boolean isComplete(Path home) throws IOException {
        var seal = home.resolve(SEAL);
        return Files.isRegularFile(seal) && DataDirectory.isOurs(home) && Files.readString(seal).equals(sizeOf(home));
    }

    /** How many files and bytes there are, without the seal: after a power failure files may be there and empty. */
    private static String sizeOf(Path home) throws IOException {
        var count = 0;
        var bytes = 0L;
        for (var file : DataDirectory.walk(home)) {
            if (Files.isRegularFile(file) && !file.endsWith(SEAL)) {
                count++;
                bytes += Files.size(file);
            }
        }
        return count + " files, " + bytes + " bytes";
    }

    private static InputStream openArchive() throws IOException {
        var archive = PostgresPrograms.class.getResourceAsStream(ARCHIVE);
        if (archive == null) {
            throw new IOException("there is no PostgreSQL for this machine in the application; set DATABASE_URL");
        }
        return archive;
    }

    private static String hashOfArchive() throws IOException {
        try (var archive = new DigestInputStream(openArchive(), MessageDigest.getInstance("SHA-256"))) {
            archive.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(archive.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void unpackTo(Path folder) throws IOException {
        try (var entries = new TarArchiveInputStream(new XZInputStream(openArchive()))) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entry, entries, folder.resolve(entry.getName()));
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            var isExecutable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(isExecutable ? "rwx------" : "rw-------"));
        }
    }
}
