package org.maraudersmap.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.support.MovableClock;
import org.maraudersmap.server.support.TestDatabase;
import tools.jackson.databind.json.JsonMapper;

class IdempotentCommandsTest {
    private static final String PATH = "/api/incidents";

    private final TestDatabase database = new TestDatabase();
    private final MovableClock clock = new MovableClock();
    private final IdempotentCommands commands = new IdempotentCommands(
            database.jdbc(), database.transaction(), new JsonMapper(), clock);
    private final UUID user = UUID.randomUUID();
    private final AtomicInteger runs = new AtomicInteger();

    record Request(String text) {}

    record Answer(int run) {}

    @BeforeEach
    void addUser() {
        database.jdbc().sql("""
                insert into users (id, email, handle, first_name, last_name, role, password_hash)
                values (?, 'luna@hogwarts.edu', 'luna', 'Luna', 'Lovegood', 'STUDENT', '')""").param(user).update();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private Answer run(String key, String text) {
        return run(key, PATH, text, () -> new Answer(runs.incrementAndGet()));
    }

    private Answer run(String key, String path, String text, Supplier<Answer> command) {
        return commands.runCommandOncePerKey(
                Optional.of(key), user, path, new Request(text), Answer.class, command);
    }

    private long keptKeys() {
        return database.jdbc().sql("select count(*) from idempotency_keys").query(Long.class).single();
    }

    @Test
    void should_run_a_command_without_a_key_every_time_and_keep_nothing() {
        for (var i = 1; i <= 2; i++) {
            var answer = commands.runCommandOncePerKey(
                    Optional.empty(), user, PATH, new Request("x"), Answer.class,
                    () -> new Answer(runs.incrementAndGet()));
            assertThat(answer.run()).isEqualTo(i);
        }
        assertThat(keptKeys()).isZero();
    }

    @Test
    void should_run_once_per_key_and_path() {
        assertThat(run("a", "x").run()).isEqualTo(1);
        assertThat(run("a", "x").run()).isEqualTo(1);
        assertThat(run("b", "x").run()).isEqualTo(2);
        assertThat(run("a", PATH + "/1/comments", "x", () -> new Answer(runs.incrementAndGet())).run()).isEqualTo(3);
    }

    @Test
    void should_forget_a_key_after_a_day() {
        run("a", "x");
        clock.moveOnBy(Duration.ofHours(24));
        assertThat(run("a", "x").run()).isEqualTo(1);
        clock.moveOnBy(Duration.ofMillis(1));
        assertThat(run("a", "another body").run()).isEqualTo(2);
        clock.moveOnBy(Duration.ofHours(24));
        assertThat(run("a", "another body").run()).isEqualTo(2);
    }

    @Test
    void should_remove_expired_keys_as_new_ones_come() {
        for (var i = 0; i < 10; i++) {
            run("old-" + i, "x");
        }
        assertThat(keptKeys()).isEqualTo(10);
        clock.moveOnBy(Duration.ofHours(25));
        run("new", "x");
        assertThat(keptKeys()).isEqualTo(1);
    }

    @Test
    void should_keep_neither_key_nor_work_of_a_command_that_fails() {
        assertThatThrownBy(() -> run("a", PATH, "x", () -> {
            database.jdbc().sql("select 1").query(Integer.class).single();
            throw Problem.of(ProblemCode.CONFLICT, "not now");
        })).hasMessage("not now");
        assertThat(keptKeys()).isZero();
        assertThat(run("a", "another body").run()).isEqualTo(1);
    }

    @Test
    void should_wait_for_the_same_command_that_runs_already() throws Exception {
        var running = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> run("a", PATH, "x", () -> {
                running.countDown();
                awaitLatch(mayEnd);
                return new Answer(runs.incrementAndGet());
            }));
            awaitLatch(running);
            var second = threads.submit(() -> run("a", "x"));
            var other = threads.submit(() -> run("a", "another body"));
            assertThat(run("b", "x").run()).as("another key waits for nobody").isEqualTo(1);
            assertThat(second.isDone()).isFalse();
            assertThat(other.isDone()).isFalse();
            mayEnd.countDown();
            assertThat(first.get().run()).isEqualTo(2);
            assertThat(second.get().run()).isEqualTo(2);
            assertThatThrownBy(other::get).hasMessageContaining("another body within the last 24 hours");
        }
    }

    @Test
    void should_run_the_second_when_the_first_that_it_waited_for_fails() throws Exception {
        var running = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> run("a", PATH, "x", () -> {
                running.countDown();
                awaitLatch(mayEnd);
                throw Problem.of(ProblemCode.CONFLICT, "not now");
            }));
            awaitLatch(running);
            var second = threads.submit(() -> run("a", "x"));
            mayEnd.countDown();
            assertThatThrownBy(first::get).hasMessageContaining("not now");
            assertThat(second.get().run()).isEqualTo(1);
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
