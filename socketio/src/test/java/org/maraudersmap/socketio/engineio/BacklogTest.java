package org.maraudersmap.socketio.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The backlog of an event loop")
class BacklogTest {
    private static final int SCENARIOS = Integer.getInteger("concurrency.scenarios", 2);

    @Test
    void should_take_a_chunk_at_a_time_in_order_and_let_other_work_go_between() {
        var loop = new ArrayDeque<Runnable>();
        var done = new ArrayList<List<Integer>>();
        var backlog = new Backlog<Integer>(loop::add, loop::add, 3, done::add);
        IntStream.range(0, 7).forEach(backlog::add);
        assertThat(loop).hasSize(1);
        while (!loop.isEmpty()) {
            loop.remove().run();
            assertThat(loop).hasSizeLessThan(2);
        }
        assertThat(done).containsExactly(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6));
        backlog.add(7);
        loop.remove().run();
        assertThat(done).last().isEqualTo(List.of(7));
    }

    @Test
    void should_forget_everything_when_the_loop_has_ended() {
        var ended = new AtomicBoolean(true);
        var loop = new ArrayDeque<Runnable>();
        Executor executor = task -> {
            if (ended.get()) {
                throw new RejectedExecutionException();
            }
            loop.add(task);
        };
        var done = new ArrayList<List<Integer>>();
        var backlog = new Backlog<Integer>(executor, executor, 3, done::add);
        backlog.add(1);
        backlog.add(2);
        ended.set(false);
        backlog.add(3);
        loop.remove().run();
        assertThat(done).containsExactly(List.of(3));
    }

    @Test
    void should_go_on_after_work_that_failed() {
        var loop = new ArrayDeque<Runnable>();
        var done = new ArrayList<List<Integer>>();
        var backlog = new Backlog<Integer>(loop::add, loop::add, 1, items -> {
            if (items.contains(1)) {
                throw new IllegalStateException("planted");
            }
            done.add(items);
        });
        backlog.add(1);
        backlog.add(2);
        assertThatIllegalStateException().isThrownBy(() -> loop.remove().run());
        loop.remove().run();
        backlog.add(3);
        loop.remove().run();
        assertThat(done).containsExactly(List.of(2), List.of(3));
    }

    @Test
    void should_neither_lose_nor_repeat_nor_forget_an_item() {
        new ModelCheckingOptions().iterations(SCENARIOS).invocationsPerIteration(50).threads(3).actorsPerThread(3)
                .check(Race.class);
    }

    /** Several threads add, one works off; nothing may be left behind without a task that will take it. */
    @Param(name = "item", gen = IntGen.class, conf = "1:3")
    public static final class Race {
        private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        private final List<Integer> done = new ArrayList<>();
        private final Backlog<Integer> backlog = new Backlog<>(this::execute, this::execute, 2, done::addAll);
        private int added;

        private synchronized void execute(Runnable task) {
            tasks.add(task);
        }

        private synchronized Runnable nextTask() {
            return tasks.isEmpty() ? () -> {
            } : tasks.remove();
        }

        private synchronized void count() {
            added++;
        }

        @Operation
        public void add(@Param(name = "item") int item) {
            backlog.add(item);
            count();
        }

        /** What an event loop does: one task at a time. */
        @Operation(nonParallelGroup = "loop")
        public void work() {
            nextTask().run();
        }

        /** In the end, the tasks that wait do all that is left, and there was never more than one. */
        @Validate
        public void nothingIsLeftBehind() {
            if (tasks.size() > 1) {
                throw new IllegalStateException(tasks.size() + " tasks wait");
            }
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
            if (done.size() != added) {
                throw new IllegalStateException(done.size() + " of " + added + " items were worked off");
            }
        }
    }
}
