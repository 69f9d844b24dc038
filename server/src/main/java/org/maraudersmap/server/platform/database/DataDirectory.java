package org.maraudersmap.server.platform.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.StartRefusedException;

/**
 * Where embedded state lives. Nobody else may read or write there. Locked while this process runs: two that share one
 * would fight over the database in it. The operating system gives the lock back however the process dies.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String FOLDER_MODE = "rwx------";
    private static final String FILE_MODE = "rw-------";

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory if need be, takes the rights to it from everybody else and locks it.
     *
     * @throws StartRefusedException
     *             if another process has it, or it cannot be used
     */
    public static DataDirectory open(Path path) {
        return tryOpen(path).orElseThrow(
                () -> new StartRefusedException(
                        "DATA_DIR=" + path + " is in use by another process; stop it or choose another directory."));
    }

    /** Nothing, if another process has it. */
    static Optional<DataDirectory> tryOpen(Path path) {
        try {
            makeFolder(path);
            takeRightsOfOthersTo(path);
            var lockFile = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                lockFile.close();
                return Optional.empty();
            }
            return Optional.of(new DataDirectory(path, lockFile));
        } catch (IOException cause) {
            throw unusable(path, cause);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    /**
     * Sees to it that everything in it is ours alone: wider rights are taken away, and what belongs to another user is
     * refused, for he could have put anything there.
     *
     * @throws StartRefusedException
     *             if something belongs to somebody else
     */
    void refuseWhatIsNotOurs() {
        try {
            refuseUnlessOurs(path);
            for (var entry : list(path)) {
                refuseUnlessOurs(entry);
                takeRightsOfOthersTo(entry);
            }
        } catch (IOException cause) {
            throw unusable(path, cause);
        }
    }

    private void refuseUnlessOurs(Path entry) throws IOException {
        if (!isOurs(entry)) {
            throw new StartRefusedException(
                    "DATA_DIR=" + path + ": " + entry + " belongs to "
                            + Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS)
                            + "; run as that user, or choose another directory.");
        }
    }

    private static void takeRightsOfOthersTo(Path entry) throws IOException {
        if (Files.isSymbolicLink(entry) || !isOurs(entry)) {
            return;
        }
        var mode = PosixFilePermissions.fromString(Files.isDirectory(entry) ? FOLDER_MODE : FILE_MODE);
        if (!mode.containsAll(Files.getPosixFilePermissions(entry))) {
            Files.setPosixFilePermissions(entry, mode);
        }
    }

    static boolean isOurs(Path entry) throws IOException {
        return Files.getAttribute(entry, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            Files.createDirectories(folder.getParent());
        }
        Files.createDirectory(folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FOLDER_MODE)));
    }

    private static StartRefusedException unusable(Path path, IOException cause) {
        return new StartRefusedException(
                "DATA_DIR=" + path + " cannot be used: " + reasonOf(cause) + "; mend it or choose another directory.");
    }

    /** In words: the messages of most of them are a path and nothing else. */
    static String reasonOf(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileAlreadyExistsException file -> file.getFile() + " is no directory";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case FileSystemException other -> other.getFile() + ": " + other.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** A file or folder in it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** A folder in it, made if need be, for nobody else. */
    Path keepFolder(String name) throws IOException {
        var folder = resolve(name);
        makeFolder(folder);
        return folder;
    }

    /**
     * The text kept under a name, readable by nobody else; made once, by {@code first}, and kept.
     *
     * @throws StartRefusedException
     *             if it can be neither read nor written
     */
    public String keepText(String name, Supplier<String> first) {
        try {
            if (!Files.exists(resolve(name))) {
                writeText(resolve(name), first.get());
            }
            return Files.readString(resolve(name)).strip();
        } catch (IOException cause) {
            throw unusable(path, cause);
        }
    }

    /** All of it or nothing, for nobody else to read. */
    static void writeText(Path file, String text) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FILE_MODE)));
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(text));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What is in a folder. */
    static List<Path> list(Path folder) throws IOException {
        return found(folder, 1).stream().filter(entry -> !entry.equals(folder)).toList();
    }

    /** A folder and everything below, each folder before what is in it. What goes meanwhile may be among it. */
    static List<Path> walk(Path folder) throws IOException {
        return found(folder, Integer.MAX_VALUE);
    }

    private static List<Path> found(Path folder, int depth) throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(folder, Set.of(), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                found.add(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException && !file.equals(folder)) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return found;
    }

    /** With everything in it; a link goes, and what it points to stays. */
    static void deleteRecursively(Path entry) throws IOException {
        if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
            for (var found : walk(entry).reversed()) {
                Files.deleteIfExists(found);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
