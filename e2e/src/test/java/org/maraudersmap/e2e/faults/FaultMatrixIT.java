package org.maraudersmap.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Isolated;
import org.maraudersmap.e2e.SharedProduct;
import org.maraudersmap.e2e.faults.DatabaseLine.Mode;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;

/**
 * Two nodes on one PostgreSQL, each with a line of its own to it, are written to while one thing after another goes
 * wrong. Whatever it is: each incident that was answered with 201 has its event exactly once, the other node goes on
 * within ten seconds, {@code /health/ready} tells the truth, and nothing needs a restart. A node is frozen for as long
 * as {@code -Dfaults.seconds=60} says; by default just longer than it takes the others to go on without it.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Isolated
class FaultMatrixIT {
    private static final Duration HOLD = Duration.ofSeconds(Integer.getInteger("faults.seconds", 8));
    private static final Duration UNTIL_OTHERS_GO_ON = Duration.ofSeconds(10);
    private static final Duration UNTIL_ALL_IS_WELL = Duration.ofSeconds(15);
    /** Two seconds are promised; the rest is for a machine that does much else. */
    private static final Duration LONGEST_REFUSAL = Duration.ofMillis(3_500);
    private static final Path DIRECTORY = Path.of("target", "products", "fault-matrix").toAbsolutePath();
    /** The key of the sequencer's advisory lock is the only one of a single number. */
    private static final String SEQUENCER = "select a.client_port from pg_locks l join pg_stat_activity a using (pid)"
            + " where l.locktype = 'advisory' and l.objsubid = 1 and l.granted";

    private final Disk disk = new Disk(DIRECTORY.resolve("disk"));
    private DatabaseServer database;
    private final List<Node> nodes = new ArrayList<>();

    private record Node(Product product, DatabaseLine line, Session author) {
        Api api() {
            return product.api();
        }
    }

    @BeforeAll
    void start() throws Exception {
        disk.mount();
        database = new DatabaseServer(
                unpackedPrograms(), disk.directory().resolve("postgresql"), DIRECTORY.resolve("database.log"));
        for (var name : List.of("matrix-first", "matrix-second")) {
            var line = new DatabaseLine(database.port());
            var product = Product.withoutData(
                    name,
                    Map.of(
                            "DATABASE_URL", "postgresql://postgres@127.0.0.1:" + line.port() + "/postgres",
                            "JWT_SECRET", SharedProduct.SECRET, "NODE_ID", name, "HOST", "127.0.0.1", "DEMO_DATA",
                            "on"))
                    .start();
            nodes.add(new Node(product, line, product.api().login(DemoUser.DRACO)));
        }
    }

    private static Path unpackedPrograms() throws IOException {
        try (var product = Product.named("matrix-programs", Map.of()).start();
                var files = Files.walk(product.dataDirectory(), FileVisitOption.FOLLOW_LINKS)) {
            return Objects.requireNonNull(
                    files.filter(file -> file.endsWith("bin/postgres")).findFirst().orElseThrow().getParent());
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (var node : nodes) {
            node.product().close();
            node.line().close();
        }
        if (database != null) {
            database.close();
        }
        disk.unmount();
    }

    @Test
    void should_go_on_without_a_node_whose_line_freezes() throws Exception {
        var silent = sequencingNode();
        var other = otherThan(silent);
        try (var writing = new Writing()) {
            silent.line().behave(Mode.FROZEN);
            awaitStatus(silent, 503, "database");
            writing.awaitEventsOf(other);
            assertThat(writing.longestRefusalOf(silent)).isLessThan(LONGEST_REFUSAL);
            hold();
            silent.line().behave(Mode.PASSING);
            writing.awaitThatAllIsWell();
            writing.report("line frozen");
        }
    }

    @Test
    void should_go_on_after_the_lines_were_reset() throws Exception {
        try (var writing = new Writing()) {
            nodes.forEach(node -> node.line().behave(Mode.RESET));
            for (var node : nodes) {
                awaitStatus(node, 503, "cannot be reached");
            }
            nodes.forEach(node -> node.line().behave(Mode.PASSING));
            writing.awaitThatAllIsWell();
            writing.report("line reset");
        }
    }

    @Test
    void should_work_and_say_so_on_a_slow_line() throws Exception {
        try (var writing = new Writing()) {
            nodes.forEach(node -> node.line().behave(Mode.SLOW));
            for (var node : nodes) {
                awaitHealth(node, 200, "degraded", "answers in");
                writing.awaitEventsOf(node);
            }
            nodes.forEach(node -> node.line().behave(Mode.PASSING));
            writing.awaitThatAllIsWell();
            writing.report("line slow");
        }
    }

    @Test
    void should_go_on_after_the_database_was_killed() throws Exception {
        try (var writing = new Writing()) {
            database.kill();
            for (var node : nodes) {
                awaitStatus(node, 503, "database");
            }
            database.startAgain();
            writing.awaitThatAllIsWell();
            writing.report("database killed");
        }
    }

    @Test
    void should_go_on_without_a_node_that_is_stopped_which_then_writes_nothing_twice() throws Exception {
        var stopped = sequencingNode();
        var other = otherThan(stopped);
        try (var writing = new Writing()) {
            stopped.product().freeze();
            try {
                writing.awaitEventsOf(other);
                hold();
            } finally {
                stopped.product().thaw();
            }
            writing.awaitThatAllIsWell();
            writing.report("sequencer's node stopped");
        }
    }

    @Test
    void should_say_that_a_table_is_locked_and_let_people_log_in() throws Exception {
        try (var writing = new Writing(); var session = database.connect(); var lock = session.createStatement()) {
            session.setAutoCommit(false);
            lock.execute("lock table incidents in access exclusive mode");
            for (var node : nodes) {
                awaitHealth(node, 200, "degraded", "table incidents has been locked");
                assertThat(node.api().get("/api/auth/me", node.author().accessToken()).status()).isEqualTo(200);
            }
            session.rollback();
            writing.awaitThatAllIsWell();
            writing.report("table locked");
        }
    }

    @Test
    void should_let_everybody_else_go_on_while_forty_wait_for_one_row() throws Exception {
        var node = nodes.getFirst();
        var incident = node.api().report(node.author(), "Locked away").path("id").asLong();
        try (var writing = new Writing(); var session = database.connect(); var lock = session.createStatement()) {
            session.setAutoCommit(false);
            lock.execute("select from incidents where id = " + incident + " for update");
            var answers = new CopyOnWriteArrayList<Integer>();
            var patient = new ArrayList<Thread>();
            for (var i = 0; i < 40; i++) {
                var title = "Unlocked " + i;
                patient.add(Thread.startVirtualThread(() -> {
                    var answer = node.api().send(
                            "PATCH", "/api/incidents/" + incident, node.author().accessToken(), Map.of("title", title));
                    answers.add(answer.header("Retry-After").isPresent() ? answer.status() : -answer.status());
                }));
            }
            writing.awaitEventsOf(node);
            var asked = System.nanoTime();
            assertThat(node.api().get("/api/incidents", node.author().accessToken()).status()).isEqualTo(200);
            assertThat(node.api().login(DemoUser.LUNA).accessToken()).isNotEmpty();
            assertThat(node.api().isReady()).isTrue();
            assertThat(since(asked)).isLessThan(Duration.ofSeconds(3));
            for (var each : patient) {
                each.join();
            }
            session.rollback();
            assertThat(answers).as("all are told to come back").hasSize(40).containsOnly(503);
            assertThat(writing.refusals()).as("refusals of others").isEmpty();
            writing.awaitThatAllIsWell();
            writing.report("row locked");
        }
    }

    @Test
    void should_say_that_the_disk_is_full_and_go_on_once_there_is_space() throws Exception {
        assumeTrue(disk.isMounted(), "no file system of a small size may be mounted here, so no disk can be filled");
        try (var writing = new Writing()) {
            disk.fill();
            for (var node : nodes) {
                awaitStatus(node, 503, "no space left");
            }
            disk.free();
            writing.awaitThatAllIsWell();
            writing.report("disk full");
        }
    }

    private static void hold() {
        LockSupport.parkNanos(HOLD.toNanos());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static void awaitStatus(Node node, int status, String words) {
        await(words).atMost(UNTIL_OTHERS_GO_ON).untilAsserted(() -> {
            var ready = node.api().get("/health/ready", null);
            assertThat(ready.status()).as(ready.text()).isEqualTo(status);
            assertThat(ready.text()).contains(words);
        });
    }

    private static void awaitHealth(Node node, int status, String state, String words) {
        awaitStatus(node, status, words);
        assertThat(node.api().get("/health", null).body().path("status").asString()).isEqualTo(state);
    }

    private Node sequencingNode() {
        return await().until(this::findSequencingNode, found -> !found.isEmpty()).getFirst();
    }

    private List<Node> findSequencingNode() throws SQLException {
        try (var session = database.connect();
                var question = session.createStatement();
                var ports = question.executeQuery(SEQUENCER)) {
            if (!ports.next()) {
                return List.of();
            }
            var port = ports.getInt(1);
            return nodes.stream().filter(node -> node.line().hasPortAtDatabase(port)).toList();
        }
    }

    private Node otherThan(Node node) {
        return nodes.stream().filter(each -> !each.equals(node)).findFirst().orElseThrow();
    }

    /** Somebody at each node who reports one incident after another, and what came of it. */
    private final class Writing implements AutoCloseable {
        private final Map<Node, Set<String>> created = new HashMap<>();
        private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
        private final List<Thread> threads = new ArrayList<>();
        private final long floor;
        private final long began = System.nanoTime();
        private long wentOnAfter;
        private volatile boolean ended;

        private record Refusal(Node node, int status, boolean saysWhen, Duration took) {}

        Writing() {
            var node = nodes.getFirst();
            floor = node.api().get("/api/events?after=0&limit=1", node.author().accessToken()).body().path("head")
                    .asLong();
            for (var each : nodes) {
                created.put(each, ConcurrentHashMap.newKeySet());
                threads.add(Thread.startVirtualThread(() -> write(each)));
            }
            for (var each : nodes) {
                await().until(() -> !createdBy(each).isEmpty());
            }
        }

        private void write(Node node) {
            for (var i = 0; !ended; i++) {
                var title = node.product().port() + " " + began + " " + i;
                var asked = System.nanoTime();
                try {
                    var answer = node.api().post(
                            "/api/incidents", node.author().accessToken(), Map.of("title", title));
                    if (answer.status() == 201) {
                        createdBy(node).add(title);
                    } else {
                        refusals.add(new Refusal(
                                node, answer.status(), answer.header("Retry-After").isPresent(), since(asked)));
                    }
                } catch (UncheckedIOException unanswered) {
                    // A node that is stopped answers nobody.
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }

        /** Waits until what is reported there from now on is in the log. */
        void awaitEventsOf(Node node) {
            var asked = System.nanoTime();
            var before = Set.copyOf(createdBy(node));
            await("events of the other node").atMost(UNTIL_OTHERS_GO_ON)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !recordedTitles(node).stream()
                            .filter(title -> !before.contains(title) && createdBy(node).contains(title))
                            .toList()
                            .isEmpty());
            wentOnAfter = since(asked).toMillis();
        }

        private List<String> recordedTitles(Node node) {
            return new EventLogReader(node.api(), node.author()).readAllAfter(floor)
                    .entries()
                    .stream()
                    .filter(entry -> entry.type().equals("incident.created"))
                    .map(entry -> entry.incident().path("title").asString())
                    .toList();
        }

        /** Both nodes are ready and take reports, though nobody has restarted anything; then nothing is missing. */
        void awaitThatAllIsWell() throws InterruptedException {
            for (var node : nodes) {
                await("ready again").atMost(UNTIL_ALL_IS_WELL).untilAsserted(
                        () -> assertThat(node.api().get("/health/ready", null).text()).contains("\"status\":\"ok\""));
                var size = createdBy(node).size();
                await("reports again").atMost(UNTIL_ALL_IS_WELL).until(() -> createdBy(node).size() > size);
            }
            ended = true;
            for (var thread : threads) {
                thread.join();
            }
            for (var node : nodes) {
                await("every 201 has its event").atMost(UNTIL_ALL_IS_WELL)
                        .until(() -> Set.copyOf(recordedTitles(node)).containsAll(allCreated()));
                var titles = recordedTitles(node);
                assertThat(titles).as("nothing twice").hasSameSizeAs(Set.copyOf(titles));
            }
            assertThat(refusals).as("refusals").allSatisfy(refusal -> {
                assertThat(refusal.status()).isEqualTo(503);
                assertThat(refusal.saysWhen()).isTrue();
            });
        }

        private Set<String> createdBy(Node node) {
            return Objects.requireNonNull(created.get(node));
        }

        private Set<String> allCreated() {
            return created.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        }

        List<Refusal> refusals() {
            return refusals;
        }

        Duration longestRefusalOf(Node node) {
            return refusals.stream()
                    .filter(refusal -> refusal.node().equals(node))
                    .map(Refusal::took)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }

        void report(String fault) {
            System.out.printf(
                    "%s: %d reports, each with its event once; %d refusals, the longest after %d ms;"
                            + " the other node went on after %d ms; %d s in all%n",
                    fault, allCreated().size(), refusals.size(),
                    refusals.stream().mapToLong(refusal -> refusal.took().toMillis()).max().orElse(0),
                    wentOnAfter, since(began).toSeconds());
        }

        @Override
        public void close() {
            ended = true;
            nodes.forEach(node -> node.line().behave(Mode.PASSING));
        }
    }

    /** A file system of its own that is small, where the operating system lets us have one. */
    private record Disk(Path directory) {
        private static final String SIZE = "192m";

        void mount() throws IOException, InterruptedException {
            unmount();
            Files.createDirectories(DIRECTORY);
            removeOldFiles();
            Files.createDirectories(directory);
            var _ = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", directory.toString());
        }

        private static void removeOldFiles() throws IOException, InterruptedException {
            var _ = run("rm", "-rf", DIRECTORY.toString());
        }

        boolean isMounted() throws IOException {
            return Files.getFileStore(directory).type().equals("tmpfs");
        }

        void fill() throws IOException, InterruptedException {
            // It ends when there is no space.
            var _ = run("dd", "if=/dev/zero", "of=" + directory.resolve("filler"), "bs=4k");
        }

        void free() throws IOException {
            Files.delete(directory.resolve("filler"));
        }

        void unmount() throws IOException, InterruptedException {
            if (Files.exists(directory) && isMounted()) {
                var _ = run("umount", "-l", directory.toString());
            }
        }

        private static int run(String... command) throws IOException, InterruptedException {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }
}
