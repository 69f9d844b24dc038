package org.maraudersmap.server.platform.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.maraudersmap.server.platform.StartRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the embedded PostgreSQL. A new cluster is made in a folder beside and renamed once it is complete, so
 * one
 * that is there can be started, however its making was interrupted.
 *
 * <p>
 * Nobody can connect but over TCP and with a password that is kept in the data directory. The role that has it owns the
 * database and is no superuser; the superuser has no password, and so can only be used by whoever may read the files.
 */
final class PostgresCluster {
    /** Who connects. */
    static final String ROLE = "marauders_map";

    private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);
    private static final String SUPERUSER = "postgres";
    private static final String DRAFT = "postgresql.unfinished-";
    private static final String PASSWORD_FILE = "database-password";
    private static final Duration STOP_WAIT = Duration.ofSeconds(30);
    private static final Duration KILL_WAIT = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_NANOS = 20_000_000;
    private static final Set<String> PROGRAMS = Set.of("postgres", "initdb");

    private final DataDirectory directory;
    private final PostgresPrograms programs;

    PostgresCluster(DataDirectory directory, PostgresPrograms programs) {
        this.directory = directory;
        this.programs = programs;
    }

    /** Where it is. */
    Path folder() {
        return folderIn(directory);
    }

    static Path folderIn(DataDirectory directory) {
        return directory.resolve("postgresql");
    }

    /** The password of {@link #ROLE}. */
    String password() {
        return directory.keepText(PASSWORD_FILE, PostgresCluster::makePassword);
    }

    private static String makePassword() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Makes it, or sees to it that one of an earlier version is as closed to others as a new one. */
    void makeOrSecure() throws IOException {
        removeDrafts();
        setAsideWhatNeverRan();
        if (Files.exists(folder())) {
            if (!isSecure(folder())) {
                secure(folder());
            }
        } else {
            var draft = newDraft();
            initialize(draft);
            secure(draft);
            Files.move(draft, folder(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** A name for a cluster that is being made; what was interrupted is removed at the next start. */
    Path newDraft() {
        return directory.resolve(DRAFT + UUID.randomUUID());
    }

    private void removeDrafts() {
        try {
            for (var entry : DataDirectory.list(directory.resolve("."))) {
                if (entry.getFileName().toString().startsWith(DRAFT)) {
                    DataDirectory.deleteRecursively(entry);
                }
            }
        } catch (IOException stillInUse) {
            log.debug("left for the next start: {}", stillInUse.getMessage());
        }
    }

    /**
     * Versions before this one made it in its place: what they were killed over has neither a database in it nor ever
     * run. It is kept, for those who know better.
     */
    private void setAsideWhatNeverRan() throws IOException {
        var data = folder();
        if (Files.isDirectory(data)
                && !Files.exists(data.resolve("postmaster.opts"))
                && !Files.exists(data.resolve("base").resolve("5").resolve("PG_VERSION"))) {
            if (DataDirectory.list(data).isEmpty()) {
                Files.delete(data);
            } else {
                var aside = directory.resolve("postgresql-never-finished-" + UUID.randomUUID());
                Files.move(data, aside, StandardCopyOption.ATOMIC_MOVE);
                log.warn("{} was never finished by an earlier start; it is {} now, and may be deleted", data, aside);
            }
        }
    }

    private void initialize(Path draft) throws IOException {
        var outcome = programs.run(
                "initdb",
                List.of(
                        "--pgdata=" + draft,
                        "--username=" + SUPERUSER,
                        "--auth=reject",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--no-instructions"),
                "");
        if (outcome.exitCode() != 0) {
            throw new IOException(PostgresMessages.reasonIn(outcome.output()));
        }
    }

    private boolean isSecure(Path cluster) throws IOException {
        var rules = cluster.resolve("pg_hba.conf");
        return Files.isRegularFile(rules) && Files.readString(rules).equals(rulesOfAccess());
    }

    /**
     * The password is made known by its hash alone, so that a cluster that was copied from elsewhere, or whose password
     * file was lost, is given the one that is kept.
     */
    private String rulesOfAccess() {
        return """
                # Written by the application. Only its role can connect: the superuser has no password.
                # Password: SHA-256 %s
                host all all 127.0.0.1/32 scram-sha-256
                """.formatted(hash(password()));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Can be interrupted and repeated: the rules of access are written last. */
    void secure(Path cluster) throws IOException {
        runAsSuperuser(cluster, SECURE.replace("{password}", password()));
        DataDirectory.writeText(cluster.resolve("pg_hba.conf"), rulesOfAccess());
    }

    /**
     * Runs statements while no server runs, without any connection that another user could have made instead.
     *
     * @param script
     *            statements that end with a semicolon, an empty line between them
     */
    void runAsSuperuser(Path cluster, String script) throws IOException {
        var outcome = programs.run(
                "postgres",
                List.of("--single", "-j", "-D", cluster.toString(), "-c", "log_statement=none",
                        "-c", "log_min_error_statement=panic", SUPERUSER),
                script + "\n\n");
        if (outcome.exitCode() != 0 || PostgresMessages.hasFailure(outcome.output())) {
            throw new IOException(PostgresMessages.reasonIn(outcome.output()));
        }
    }

    /**
     * Ends whatever works in here, and its pid file: a killed process leaves its server behind, and whose pid stands in
     * the file may be anybody's by now. What it was in the middle of was never acknowledged.
     */
    void stopWhatWasLeftBehind() throws IOException {
        var left = processesInHere();
        if (!left.isEmpty()) {
            var pids = left.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
            log.info("stopping the database server that a killed process left behind: {}", pids);
            var heads = left.stream()
                    .filter(process -> process.parent().map(parent -> !pids.contains(parent.pid())).orElse(true))
                    .toList();
            for (var head : heads) {
                interrupt(head.pid());
            }
            // A server has children. Those that it left behind when it died itself have nothing to finish.
            if (!nobodyIsLeftAfter(left.size() > heads.size() ? STOP_WAIT : Duration.ZERO)) {
                processesInHere().forEach(ProcessHandle::destroyForcibly);
            }
            if (!nobodyIsLeftAfter(KILL_WAIT)) {
                throw new StartRefusedException(
                        "The database server " + pids + " in " + folder() + " does not stop; stop it and start again.");
            }
        }
        var pidFile = folder().resolve("postmaster.pid");
        if (Files.exists(pidFile, LinkOption.NOFOLLOW_LINKS)) {
            DataDirectory.deleteRecursively(pidFile);
        }
    }

    /** SIGINT is PostgreSQL's fast shutdown; Java's destroy() would be the one that waits for clients. */
    static void interrupt(long pid) throws IOException {
        new ProcessBuilder("kill", "-INT", String.valueOf(pid)).start();
    }

    /** Looks again and again, since the pid of one that nobody has waited for stays in use. */
    private boolean nobodyIsLeftAfter(Duration longest) throws IOException {
        var began = System.nanoTime();
        while (!processesInHere().isEmpty()) {
            if (System.nanoTime() - began >= longest.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }

    /** The programs of PostgreSQL whose working directory is the data directory or a cluster in it. */
    private List<ProcessHandle> processesInHere() throws IOException {
        var here = directory.resolve(".").toRealPath();
        return ProcessHandle.allProcesses().filter(process -> isOneOfOurs(process, here)).toList();
    }

    private static boolean isOneOfOurs(ProcessHandle process, Path here) {
        var files = Path.of("/proc", String.valueOf(process.pid()));
        try {
            var program = Files.readSymbolicLink(files.resolve("exe")).getFileName().toString();
            return PROGRAMS.contains(program.replace(" (deleted)", ""))
                    && Files.readSymbolicLink(files.resolve("cwd")).startsWith(here);
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static final String SECURE = """
            do $$ begin
              if not exists (select from pg_roles where rolname = 'marauders_map') then
                create role marauders_map;
              end if;
            end $$;

            set password_encryption = 'scram-sha-256';

            alter role marauders_map login replication nosuperuser nocreatedb nocreaterole nobypassrls password '{password}';

            alter role postgres password null;

            alter database postgres owner to marauders_map;

            alter schema public owner to marauders_map;

            grant execute on function pg_backup_start(text, boolean), pg_backup_stop(boolean) to marauders_map;

            do $$ declare
              one record;
            begin
              for one in
                  select format('alter table %s owner to marauders_map', oid::regclass) as statement from pg_class c
                      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
                          and pg_get_userbyid(relowner) = 'postgres'
                          and not exists (select from pg_depend d
                              where d.objid = c.oid and d.deptype in ('a', 'i', 'e') and c.relkind = 'S')
                  union all
                  select format('alter routine %s owner to marauders_map', oid::regprocedure) from pg_proc p
                      where pronamespace = 'public'::regnamespace and pg_get_userbyid(proowner) = 'postgres'
                          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
                  union all
                  select format('alter type %s owner to marauders_map', oid::regtype) from pg_type t
                      where typnamespace = 'public'::regnamespace and pg_get_userbyid(typowner) = 'postgres'
                          and typtype in ('e', 'r', 'd')
              loop
                execute one.statement;
              end loop;
            end $$;""";
}
