package org.maraudersmap.server.platform.work;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Makes {@link WorkLoop}s, and knows how they all are. Thread-safe. */
@Component
public class WorkLoops {
    private final KnownTroubles troubles;
    private final MeterRegistry meters;
    private final List<WorkLoop> loops = new CopyOnWriteArrayList<>();

    /**
     * @param troubles
     *            whose failures need not be logged, as they are reported elsewhere
     */
    public WorkLoops(KnownTroubles troubles, MeterRegistry meters) {
        this.troubles = troubles;
        this.meters = meters;
    }

    /** Makes a loop that waits to be started. Its failures are counted under its name. */
    public WorkLoop makeLoopOfTurns(String name, WorkLoop.Turn turn) {
        var failures = meters.counter("work.failures", "loop", name);
        var loop = new WorkLoop(name, turn, troubles, failures::increment);
        Gauge.builder("work.failing", loop, each -> each.isFailing() || each.hasEnded() ? 1 : 0)
                .tag("loop", name)
                .register(meters);
        loops.add(loop);
        return loop;
    }

    /** Makes a loop that waits before each turn, and starts it. */
    public WorkLoop repeatWorkAfterPauses(String name, Duration pause, Runnable work) {
        return makeLoopOfTurns(name, loop -> {
            loop.pause(pause);
            if (!loop.isStopping()) {
                work.run();
            }
        }).start();
    }

    /** All that have been made. */
    public List<LoopState> describeStateOfLoops() {
        var now = System.nanoTime();
        return loops.stream()
                .filter(loop -> !loop.isStopping())
                .map(loop -> loop.failure()
                        .map(failure -> new LoopState(
                                loop.name(),
                                loop.hasEnded(),
                                failure.isKnown() ? "" : failure.cause().toString(),
                                Duration.ofNanos(now - failure.since())))
                        .orElseGet(() -> new LoopState(loop.name(), loop.hasEnded(), "", Duration.ZERO)))
                .toList();
    }

    /**
     * How a loop is.
     *
     * @param hasEnded
     *            though nobody has stopped it
     * @param failure
     *            what its last turn failed with; empty if it did not, or if somebody else reports it
     * @param failingFor
     *            since when its turns have failed
     */
    public record LoopState(String name, boolean hasEnded, String failure, Duration failingFor) {}
}
