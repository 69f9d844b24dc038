package org.maraudersmap.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final ArrayDeque<Runnable> threads = new ArrayDeque<>();
    private final SerialExecutor serial = new SerialExecutor(threads::add);
    private final List<String> done = new ArrayList<>();

    @Test
    void should_run_what_follows_a_task_that_throws() {
        serial.execute(() -> {
            throw new StackOverflowError("planted");
        });
        serial.execute(() -> done.add("second"));

        assertThatThrownBy(() -> threads.remove().run()).isInstanceOf(StackOverflowError.class);
        serial.execute(() -> done.add("third"));
        assertThat(threads).as("threads for what is left").hasSize(1);
        threads.remove().run();

        assertThat(done).containsExactly("second", "third");
        assertThat(threads).isEmpty();
    }

    @Test
    void should_take_a_thread_again_after_a_task_that_threw_alone() {
        serial.execute(() -> {
            throw new IllegalStateException("planted");
        });
        assertThatThrownBy(() -> threads.remove().run()).hasMessage("planted");
        threads.remove().run();

        serial.execute(() -> done.add("next"));
        threads.remove().run();

        assertThat(done).containsExactly("next");
    }
}
