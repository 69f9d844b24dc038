package org.maraudersmap.socketio.engineio;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs tasks on an event loop, which it leaves to others as long as a condition holds that speaks against running them,
 * but not for long.
 */
final class PatientExecutor implements Executor {
    static final int PATIENCE_MILLIS = 50;

    private final EventExecutor loop;
    private final BooleanSupplier notYet;

    PatientExecutor(EventExecutor loop, BooleanSupplier notYet) {
        this.loop = loop;
        this.notYet = notYet;
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(() -> tryToRun(task, PATIENCE_MILLIS));
    }

    private void tryToRun(Runnable task, int patience) {
        if (patience > 0 && notYet.getAsBoolean() && !loop.isShuttingDown()) {
            var _ = loop.schedule(() -> tryToRun(task, patience - 1), 1, TimeUnit.MILLISECONDS);
        } else {
            task.run();
        }
    }
}
