package org.maraudersmap.server.platform.database;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.maraudersmap.server.platform.StartRefusedException;
import org.maraudersmap.server.platform.settings.Settings;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Backups of the embedded database: its files and the part of its write-ahead log that makes them consistent, as
 * PostgreSQL's documentation has it for backups with the low-level API. One is made while the product runs or while it
 * does not; it is restored only while it does not.
 */
public final class DatabaseBackup {
    private static final int LINE_OF_PORT = 3;
    private static final Pattern SEGMENT_OF_LOG = Pattern.compile("[0-9A-F]{24}");
    private static final Pattern NOT_KEPT = Pattern.compile("postmaster\\.(pid|opts)|pg_internal\\.init.*|pgsql_tmp.*");
    private static final Set<String> KEPT_EMPTY = Set.of(
            "pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial", "pg_snapshots", "pg_stat_tmp",
            "pg_subtrans");
    private static final Path CONTROL_FILE = Path.of("global", "pg_control");
    private static final String LABEL = "backup_label";

    private DatabaseBackup() {}

    /**
     * Writes a backup, for nobody else to read.
     *
     * @param file
     *            where to; there must not be one yet
     * @throws StartRefusedException
     *             if it cannot be made; then there is no file
     */
    public static void write(Settings settings, Path file) {
        var path = embeddedDirectory(settings);
        if (!Files.isDirectory(path.resolve("postgresql"))) {
            throw new StartRefusedException("DATA_DIR=" + path + " has no database to back up; set the right one.");
        }
        if (Files.exists(file)) {
            throw new StartRefusedException(file + " exists already; name another file for the backup.");
        }
        try {
            var directory = DataDirectory.tryOpen(path);
            if (directory.isEmpty()) {
                writeFrom(path, addressOfRunningServer(path), file);
                return;
            }
            try (var mine = directory.get(); var database = EmbeddedDatabase.start(mine, () -> {
            })) {
                writeFrom(path, database.awaitAddress(), file);
            }
        } catch (IOException cause) {
            throw new StartRefusedException("The backup " + file + " failed: " + DataDirectory.reasonOf(cause));
        } catch (SQLException cause) {
            throw new StartRefusedException("The backup " + file + " failed: " + cause.getMessage());
        }
    }

    /**
     * Puts a backup in place of the database, and gives the log a new epoch, so that clients who remember what came
     * after the backup begin anew. The database that was there is kept beside.
     *
     * @return where what was replaced is kept, if there was a database
     * @throws StartRefusedException
     *             if it cannot be restored; then everything is as before
     */
    public static Optional<Path> restore(Settings settings, Path file) {
        var path = embeddedDirectory(settings);
        if (!Files.isReadable(file)) {
            throw new StartRefusedException(file + " cannot be read; name the file of a backup.");
        }
        try (var directory = DataDirectory.open(path)) {
            directory.refuseWhatIsNotOurs();
            var cluster = new PostgresCluster(directory, PostgresPrograms.unpackIn(directory));
            cluster.stopWhatWasLeftBehind();
            var draft = cluster.newDraft();
            try {
                unpack(file, draft);
                cluster.secure(draft);
                cluster.runAsSuperuser(draft, """
                        do $$ begin
                          if to_regclass('event_log_head') is not null then
                            update event_log_head set epoch = gen_random_uuid()::text;
                          end if;
                        end $$;""");
                var replaced = firstFree(path, "postgresql-replaced-");
                var isReplaced = Files.exists(cluster.folder());
                if (isReplaced) {
                    Files.move(cluster.folder(), replaced, StandardCopyOption.ATOMIC_MOVE);
                }
                Files.move(draft, cluster.folder(), StandardCopyOption.ATOMIC_MOVE);
                return isReplaced ? Optional.of(replaced) : Optional.empty();
            } finally {
                DataDirectory.deleteRecursively(draft);
            }
        } catch (IOException cause) {
            throw new StartRefusedException(
                    "The backup " + file + " cannot be restored: " + DataDirectory.reasonOf(cause));
        }
    }

    private static Path firstFree(Path directory, String prefix) {
        var number = 1;
        while (Files.exists(directory.resolve(prefix + number))) {
            number++;
        }
        return directory.resolve(prefix + number);
    }

    private static Path embeddedDirectory(Settings settings) {
        if (!settings.isEverythingEmbedded()) {
            throw new StartRefusedException(
                    "DATABASE_URL is set, and this is for the embedded database; use pg_dump and pg_restore.");
        }
        return settings.dataDirectory();
    }

    private static DatabaseAddress addressOfRunningServer(Path path) throws IOException {
        var lines = Files.readAllLines(path.resolve("postgresql").resolve("postmaster.pid"));
        if (lines.size() <= LINE_OF_PORT) {
            throw new IOException("the database server of the running product is not ready; try again");
        }
        return new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:" + lines.get(LINE_OF_PORT).strip() + "/postgres",
                Optional.of(PostgresCluster.ROLE),
                Optional.of(Files.readString(path.resolve("database-password")).strip()));
    }

    private static void writeFrom(Path path, DatabaseAddress address, Path file) throws IOException, SQLException {
        var draft = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        address.user().ifPresent(source::setUser);
        address.password().ifPresent(source::setPassword);
        try {
            try (var connection = source.getConnection();
                    var statement = connection.createStatement();
                    var tar = new TarArchiveOutputStream(
                            new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(draft))), "UTF-8")) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                write(path.resolve("postgresql"), statement, tar);
            }
            try (var written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void write(Path cluster, Statement statement, TarArchiveOutputStream tar)
            throws IOException, SQLException {
        // Keeps the log from here on until this connection ends.
        statement.execute(
                "select pg_create_physical_replication_slot('backup_" + UUID.randomUUID().toString().replace('-', '_')
                        + "', true, true)");
        var first = textOf(statement, "select pg_walfile_name(pg_backup_start('backup', true))", 1)[0];
        for (var file : DataDirectory.walk(cluster)) {
            if (isKept(cluster.relativize(file))) {
                add(tar, file, cluster.relativize(file));
            }
        }
        add(tar, cluster.resolve(CONTROL_FILE), CONTROL_FILE);
        var end = textOf(
                statement, "select pg_walfile_name(lsn), labelfile from pg_backup_stop(false)", 2);
        var label = end[1].getBytes(StandardCharsets.UTF_8);
        addBytes(tar, LABEL, label);
        for (var segment : DataDirectory.list(cluster.resolve("pg_wal"))) {
            var name = segment.getFileName().toString();
            if (SEGMENT_OF_LOG.matcher(name).matches() && name.compareTo(first) >= 0 && name.compareTo(end[0]) <= 0) {
                add(tar, segment, cluster.relativize(segment));
            }
        }
    }

    private static String[] textOf(Statement statement, String question, int columns) throws SQLException {
        try (var row = statement.executeQuery(question)) {
            row.next();
            var texts = new String[columns];
            for (var column = 0; column < columns; column++) {
                texts[column] = row.getString(column + 1);
            }
            return texts;
        }
    }

    private static boolean isKept(Path file) {
        return !file.toString().isEmpty()
                && !file.equals(CONTROL_FILE)
                && !NOT_KEPT.matcher(file.getFileName().toString()).matches()
                && (file.getNameCount() == 1 || !KEPT_EMPTY.contains(file.getName(0).toString()));
    }

    private static void add(TarArchiveOutputStream tar, Path file, Path name) throws IOException {
        if (Files.isDirectory(file)) {
            tar.putArchiveEntry(new TarArchiveEntry(name + "/"));
            tar.closeArchiveEntry();
            return;
        }
        try (var content = new BufferedInputStream(Files.newInputStream(file))) {
            var entry = new TarArchiveEntry(name.toString());
            entry.setSize(Files.size(file));
            tar.putArchiveEntry(entry);
            copyExactly(content, tar, entry.getSize());
            tar.closeArchiveEntry();
        } catch (NoSuchFileException droppedMeanwhile) {
            // The log says so, too.
        }
    }

    private static void addBytes(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** A file that grows or shrinks meanwhile gets its right size from the log. */
    private static void copyExactly(InputStream content, OutputStream target, long size) throws IOException {
        var buffer = new byte[64 * 1024];
        for (var left = size; left > 0;) {
            var read = content.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
            if (read == 0) {
                Arrays.fill(buffer, (byte) 0);
                read = (int) Math.min(left, buffer.length);
            }
            target.write(buffer, 0, read);
            left -= read;
        }
    }

    private static void unpack(Path file, Path draft) throws IOException {
        Files.createDirectory(draft,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (var tar = new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file))), "UTF-8")) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var target = draft.resolve(entry.getName()).normalize();
                if (!target.startsWith(draft)) {
                    throw new IOException("it is no backup of this product");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                }
            }
        } catch (ZipException other) {
            throw new IOException("it is no backup of this product", other);
        }
        if (Stream.of(LABEL, "PG_VERSION", CONTROL_FILE.toString())
                .anyMatch(name -> !Files.exists(draft.resolve(name)))) {
            throw new IOException("it is no backup of this product, or only a part of one");
        }
        for (var unpacked : DataDirectory.walk(draft)) {
            Files.setPosixFilePermissions(
                    unpacked,
                    PosixFilePermissions.fromString(Files.isDirectory(unpacked) ? "rwx------" : "rw-------"));
        }
    }
}
