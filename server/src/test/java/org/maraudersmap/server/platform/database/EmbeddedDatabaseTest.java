package org.maraudersmap.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maraudersmap.server.platform.StartRefusedException;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class EmbeddedDatabaseTest {
    private static final Duration QUICKLY = Duration.ofSeconds(50);

    /** Unpacked once, for all that do not test that. */
    @TempDir
    private static Path unpacked;

    @TempDir
    private Path path;

    @BeforeAll
    static void unpackPrograms() throws Exception {
        try (var directory = DataDirectory.open(unpacked)) {
            PostgresPrograms.unpackIn(directory);
        }
    }

    private void linkPrograms() throws IOException {
        Files.createSymbolicLink(path.resolve("postgresql-binaries"), unpacked.resolve("postgresql-binaries"));
    }

    @Test
    void should_let_in_nobody_without_the_password() throws Exception {
        linkPrograms();
        try (var database = startIn(path)) {
            var address = database.awaitAddress();

            assertThatThrownBy(() -> ask(withPassword(address, "postgres", ""), "select 1"))
                    .hasStackTraceContaining("password");
            assertThatThrownBy(() -> ask(withPassword(address, "postgres", "postgres"), "select 1"))
                    .hasStackTraceContaining("password authentication failed");
            assertThatThrownBy(() -> ask(withPassword(address, "marauders_map", "alohomora"), "select 1"))
                    .hasStackTraceContaining("password authentication failed");
            assertThat(ask(address, "select current_user")).isEqualTo("marauders_map");
            assertThat(ask(address, "show listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void should_connect_with_role_that_can_neither_run_programs_nor_read_files() throws Exception {
        linkPrograms();
        try (var database = startIn(path)) {
            var address = database.awaitAddress();

            assertThat(ask(address, "select rolsuper or rolcreaterole or rolcreatedb from pg_roles"
                    + " where rolname = current_user")).isEqualTo("f");
            assertThatThrownBy(() -> run(address, "create table t (a text); copy t from program 'id'"))
                    .hasStackTraceContaining("permission denied");
            assertThatThrownBy(() -> ask(address, "select pg_read_file('pg_hba.conf')"))
                    .hasStackTraceContaining("permission denied");
        }
    }

    @Test
    void should_have_no_file_that_others_may_read_or_write_or_reach() throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(path.resolve("jwt-secret"), "nobody else's");

        try (var database = startIn(path)) {
            database.awaitAddress();

            assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(DataDirectory.list(path)).hasSizeGreaterThanOrEqualTo(5)
                    .allSatisfy(entry -> assertThat(Files.getPosixFilePermissions(entry))
                            .as(entry.toString())
                            .doesNotContainAnyElementsOf(
                                    PosixFilePermissions.fromString("---rwxrwx")));
            try (var files = Files.walk(path)) {
                assertThat(files.filter(file -> !Files.isSymbolicLink(file))
                        .filter(EmbeddedDatabaseTest::isWritableByOthers))
                        .isEmpty();

            }
            try (var files = Files.walk(path)) {
                assertThat(files.filter(EmbeddedDatabaseTest::isSocket)).isEmpty();
            }
        }
    }

    @Test
    void should_keep_another_user_of_this_machine_out() throws Exception {
        assumeThat(System.getProperty("user.name")).as("only root can be somebody else").isEqualTo("root");
        linkPrograms();
        try (var database = startIn(path)) {
            database.awaitAddress();

            for (var file : List.of("database-password", "postgresql/PG_VERSION", "lock")) {
                assertThat(exitCodeOf("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "cat",
                        path.resolve(file).toString())).as(file).isNotZero();
            }
        }
    }

    @Test
    void should_refuse_what_another_user_has_put_there() throws Exception {
        assumeThat(System.getProperty("user.name")).as("only root can make what is somebody else's").isEqualTo("root");
        linkPrograms();
        Files.createDirectory(path.resolve("postgresql"));
        Files.setAttribute(path.resolve("postgresql"), "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);

        try (var database = startIn(path)) {
            assertThatThrownBy(database::awaitAddress).isInstanceOf(StartRefusedException.class)
                    .hasMessageContainingAll("DATA_DIR=" + path, "postgresql belongs to", "run as that user");
        }
    }

    @Test
    void should_close_the_database_of_an_earlier_version_to_others_and_keep_what_is_in_it() throws Exception {
        linkPrograms();
        try (var earlier = EmbeddedPostgres.builder()
                .setDataDirectory(path.resolve("postgresql"))
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(Path.of("target", "postgresql-binaries").toFile())
                .start()) {
            run(
                    new DatabaseAddress(
                            earlier.getJdbcUrl("postgres", "postgres"), Optional.empty(), Optional.empty()),
                    """
                            create table incidents (id bigint generated always as identity primary key, title text);
                            create table audit (id bigserial primary key);
                            create function refuse() returns trigger language plpgsql as 'begin return null; end';
                            create type severity as enum ('MILD');
                            insert into incidents (title) values ('Troll in the dungeon')""");
        }

        try (var database = startIn(path)) {
            var address = database.awaitAddress();

            assertThat(ask(address, "select title from incidents")).isEqualTo("Troll in the dungeon");
            run(address, "alter table incidents add column severity severity; insert into audit default values;"
                    + " alter function refuse() rename to refuses; alter type severity add value 'DANGEROUS'");
            assertThatThrownBy(() -> ask(withPassword(address, "postgres", ""), "select 1"))
                    .hasStackTraceContaining("password");
        }
    }

    @Test
    void should_give_its_role_the_password_that_is_kept_if_the_file_was_lost() throws Exception {
        linkPrograms();
        try (var database = startIn(path)) {
            run(database.awaitAddress(), "create table kept as select 1 as one");
        }
        Files.delete(path.resolve("database-password"));

        try (var database = startIn(path)) {
            assertThat(ask(database.awaitAddress(), "select one from kept")).isEqualTo("1");
        }
    }

    @Test
    void should_start_whatever_stands_in_the_pid_file() throws Exception {
        linkPrograms();
        try (var database = startIn(path)) {
            run(database.awaitAddress(), "create table kept as select 1 as one");
        }
        var ofAnotherProcess = ProcessHandle.current().pid() + "\n";
        for (var content : List.of("", "what is this?\n", "99999999999999999999\n", "-7\n/nowhere\n",
                ofAnotherProcess)) {
            Files.writeString(path.resolve("postgresql").resolve("postmaster.pid"), content);

            try (var database = startIn(path)) {
                assertThat(ask(database.awaitAddress(), "select one from kept")).as(content).isEqualTo("1");
            }
        }
    }

    @Test
    void should_start_though_a_server_was_left_behind_and_its_pid_file_is_garbage() throws Exception {
        linkPrograms();
        var directory = DataDirectory.open(path);
        var leftBehind = EmbeddedDatabase.start(directory, () -> {
        });
        run(leftBehind.awaitAddress(), "create table kept as select 1 as one");
        var server = postmasterIn(path);
        // What a killed process does not do any more: its lock is free, and nobody starts its server again.
        leftBehind.abandon();
        directory.close();
        Files.writeString(path.resolve("postgresql").resolve("postmaster.pid"), "");

        try (var database = startIn(path)) {
            assertThat(ask(database.awaitAddress(), "select one from kept")).isEqualTo("1");
            assertThat(server.isAlive()).isFalse();
        }
    }

    @Test
    void should_start_where_an_earlier_version_was_killed_while_it_made_the_database() throws Exception {
        linkPrograms();
        Files.createDirectories(path.resolve("postgresql").resolve("base").resolve("1"));
        Files.writeString(path.resolve("postgresql").resolve("PG_VERSION"), "18\n");

        try (var database = startIn(path)) {
            assertThat(ask(database.awaitAddress(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void should_unpack_again_what_was_unpacked_in_part() throws Exception {
        try (var database = startIn(path)) {
            database.awaitAddress();
        }
        var programs = DataDirectory.list(path.resolve("postgresql-binaries")).getFirst();
        Files.write(programs.resolve("bin").resolve("postgres"), new byte[0]);
        Files.createDirectories(path.resolve("postgresql.unfinished-1").resolve("base"));

        try (var database = startIn(path)) {
            assertThat(ask(database.awaitAddress(), "select 1")).isEqualTo("1");
            assertThat(path.resolve("postgresql.unfinished-1")).doesNotExist();
        }
    }

    @Test
    void should_start_in_a_directory_of_any_letters() throws Exception {
        try (var database = startIn(path.resolve("été, 日本 and 'quotes'"))) {
            assertThat(ask(database.awaitAddress(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void should_say_at_once_and_in_one_line_why_a_damaged_database_does_not_start() throws Exception {
        linkPrograms();
        try (var database = startIn(path)) {
            database.awaitAddress();
        }
        Files.delete(path.resolve("postgresql").resolve("global").resolve("pg_control"));
        var began = System.nanoTime();

        try (var database = startIn(path)) {
            assertThatThrownBy(database::awaitAddress).isInstanceOf(StartRefusedException.class)
                    .hasMessageContainingAll("DATA_DIR=" + path, "pg_control", "restore a backup")
                    .message()
                    .hasLineCount(1);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(QUICKLY);
    }

    @Test
    void should_start_the_server_again_when_it_dies() throws Exception {
        linkPrograms();
        try (var database = startIn(path)) {
            var address = database.awaitAddress();
            run(address, "create table kept as select 1 as one");
            var server = postmasterIn(path);

            server.destroyForcibly();

            await().atMost(QUICKLY).ignoreExceptions().until(() -> ask(address, "select one from kept"), "1"::equals);
            assertThat(postmasterIn(path).pid()).isNotEqualTo(server.pid());
        }
        assertThat(path.resolve("postgresql").resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void should_tell_when_the_server_cannot_be_started_again() throws Exception {
        linkPrograms();
        var lost = new AtomicBoolean();
        try (var directory = DataDirectory.open(path);
                var database = EmbeddedDatabase.start(directory, () -> lost.set(true))) {
            database.awaitAddress();
            var server = postmasterIn(path);
            Files.delete(path.resolve("postgresql").resolve("global").resolve("pg_control"));

            server.destroyForcibly();

            await().atMost(QUICKLY).untilTrue(lost);
        }
    }

    /** Closes the directory with the database. */
    private record Started(DataDirectory directory, EmbeddedDatabase database) implements AutoCloseable {
        DatabaseAddress awaitAddress() {
            return database.awaitAddress();
        }

        @Override
        public void close() throws IOException {
            database.close();
            directory.close();
        }
    }

    private static Started startIn(Path path) {
        var directory = DataDirectory.open(path);
        return new Started(directory, EmbeddedDatabase.start(directory, () -> {
        }));
    }

    private static ProcessHandle postmasterIn(Path path) throws IOException {
        var pid = Files.readAllLines(path.resolve("postgresql").resolve("postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static DatabaseAddress withPassword(DatabaseAddress address, String user, String password) {
        return new DatabaseAddress(address.jdbcUrl(), Optional.of(user), Optional.of(password));
    }

    private static String ask(DatabaseAddress address, String question) {
        return JdbcClient.create(sourceOf(address)).sql(question).query(String.class).single();
    }

    private static void run(DatabaseAddress address, String statements) throws SQLException {
        try (var connection = sourceOf(address).getConnection(); var statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    private static PGSimpleDataSource sourceOf(DatabaseAddress address) {
        var source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        address.user().ifPresent(source::setUser);
        address.password().ifPresent(source::setPassword);
        return source;
    }

    private static boolean isWritableByOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream()
                    .anyMatch(Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE)::contains);
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean isSocket(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    private static int exitCodeOf(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
