package org.maraudersmap.socketio.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Waiting for the rest of a burst")
class PatientExecutorTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicBoolean notYet = new AtomicBoolean();
    private final AtomicInteger runs = new AtomicInteger();
    private final PatientExecutor executor = new PatientExecutor(channel.eventLoop(), notYet::get);

    PatientExecutorTest() {
        channel.freezeTime();
    }

    private void pass(int millis) {
        channel.runPendingTasks();
        for (var i = 0; i < millis; i++) {
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    @Test
    void should_run_at_once_when_nothing_speaks_against_it() {
        executor.execute(runs::incrementAndGet);
        pass(0);
        assertThat(runs).hasValue(1);
    }

    @Test
    void should_run_once_when_the_condition_has_ended() {
        notYet.set(true);
        executor.execute(runs::incrementAndGet);
        pass(10);
        assertThat(runs).hasValue(0);
        notYet.set(false);
        pass(1);
        assertThat(runs).hasValue(1);
        pass(100);
        assertThat(runs).hasValue(1);
    }

    @Test
    void should_not_wait_for_ever() {
        notYet.set(true);
        executor.execute(runs::incrementAndGet);
        pass(PatientExecutor.PATIENCE_MILLIS - 1);
        assertThat(runs).hasValue(0);
        pass(1);
        assertThat(runs).hasValue(1);
    }
}
