package org.maraudersmap.server.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.StartRefusedException;

/**
 * Where embedded state lives. Locked while this process runs: two that share one would fight over the database in it.
 * The operating system gives the lock back however the process dies.
 */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory if need be and locks it.
     *
     * @throws StartRefusedException
     *             if another process has it
     */
    public static DataDirectory open(Path path) {
        try {
            Files.createDirectories(path);
            var lockFile = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                lockFile.close();
                throw new StartRefusedException(
                        "DATA_DIR=" + path + " is in use by another process; stop it or choose another directory.");
            }
            return new DataDirectory(path, lockFile);
        } catch (IOException cause) {
            throw new StartRefusedException("DATA_DIR=" + path + " cannot be used: " + cause.getMessage());
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    /** A file or folder in it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** The text kept under a name, readable by nobody else; made once, by {@code first}, and kept. */
    public String keepText(String name, Supplier<String> first) {
        var file = resolve(name);
        try {
            if (!Files.exists(file)) {
                var draft = resolve(name + ".new");
                Files.deleteIfExists(draft);
                Files.createFile(
                        draft,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(draft, first.get());
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
