package org.maraudersmap.server.backbone;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.maraudersmap.server.platform.work.WorkLoop;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Meters of what waits: looked up every few seconds, so that whoever reads them waits for no database. While the
 * database is away they keep what was known last, and {@code backlog.known.seconds} says how old that is. What a
 * consumer has not read that nobody runs any more is no number.
 */
@Component
class BacklogMetrics implements SmartLifecycle {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration PATIENCE_AT_STOP = Duration.ofMillis(500);

    private final BacklogReader backlog;
    private final WorkLoop loop;
    private final MultiGauge lagEvents;
    private final MultiGauge lagSeconds;
    private final MultiGauge parkedEvents;
    private final MultiGauge deadEvents;
    private volatile double outboxEvents = Double.NaN;
    private volatile double outboxAgeSeconds = Double.NaN;
    private volatile long lookedAt = System.nanoTime();
    private volatile boolean running;

    BacklogMetrics(BacklogReader backlog, WorkLoops loops, MeterRegistry meters) {
        this.backlog = backlog;
        this.loop = loops.makeLoopOfTurns("backlog-metrics", this::lookAndPause);
        this.lagEvents = MultiGauge.builder("consumer.lag.events").register(meters);
        this.lagSeconds = MultiGauge.builder("consumer.lag.seconds").register(meters);
        this.parkedEvents = MultiGauge.builder("consumer.parked.events").register(meters);
        this.deadEvents = MultiGauge.builder("consumer.dead.events").register(meters);
        Gauge.builder("outbox.events", () -> outboxEvents).register(meters);
        Gauge.builder("outbox.age.seconds", () -> outboxAgeSeconds).register(meters);
        Gauge.builder("backlog.known.seconds", () -> (System.nanoTime() - lookedAt) / 1e9).register(meters);
    }

    @Override
    public void start() {
        running = true;
        var _ = loop.start();
    }

    @Override
    public void stop() {
        running = false;
        loop.stop(PATIENCE_AT_STOP);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void lookAndPause(WorkLoop looking) throws InterruptedException {
        var outbox = backlog.readBacklogOfOutbox();
        outboxEvents = outbox.events();
        outboxAgeSeconds = outbox.age().toMillis() / 1000.0;
        showConsumers(
                backlog.readStandingOfConsumers()
                        .stream()
                        .filter(consumer -> consumer.state() != ConsumerStanding.State.STOPPED)
                        .toList());
        lookedAt = System.nanoTime();
        looking.pause(INTERVAL);
    }

    private void showConsumers(List<ConsumerStanding> consumers) {
        show(lagEvents, consumers, ConsumerStanding::lag);
        show(lagSeconds, consumers, ConsumerStanding::lagSeconds);
        show(parkedEvents, consumers, ConsumerStanding::parked);
        show(deadEvents, consumers, ConsumerStanding::dead);
    }

    private static void show(
            MultiGauge gauge, List<ConsumerStanding> consumers, ToDoubleFunction<ConsumerStanding> number) {
        gauge.register(
                consumers.stream()
                        .map(consumer -> MultiGauge.Row.of(
                                Tags.of("consumer", consumer.id()), number.applyAsDouble(consumer)))
                        .toList(),
                true);
    }
}
