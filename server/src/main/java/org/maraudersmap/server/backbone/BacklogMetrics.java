package org.maraudersmap.server.backbone;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Meters of what waits: looked up every few seconds, so that whoever reads them waits for no database. What is not
 * known is no number; nor is what a consumer has not read that nobody runs any more.
 */
@Component
class BacklogMetrics implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(BacklogMetrics.class);
    private static final long INTERVAL_SECONDS = 2;

    private final BacklogReader backlog;
    private final MultiGauge lagEvents;
    private final MultiGauge lagSeconds;
    private final MultiGauge parkedEvents;
    private final MultiGauge deadEvents;
    private volatile double outboxEvents = Double.NaN;
    private volatile double outboxAgeSeconds = Double.NaN;
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    BacklogMetrics(BacklogReader backlog, MeterRegistry meters) {
        this.backlog = backlog;
        this.lagEvents = MultiGauge.builder("consumer.lag.events").register(meters);
        this.lagSeconds = MultiGauge.builder("consumer.lag.seconds").register(meters);
        this.parkedEvents = MultiGauge.builder("consumer.parked.events").register(meters);
        this.deadEvents = MultiGauge.builder("consumer.dead.events").register(meters);
        Gauge.builder("outbox.events", () -> outboxEvents).register(meters);
        Gauge.builder("outbox.age.seconds", () -> outboxAgeSeconds).register(meters);
    }

    @Override
    public void start() {
        var stop = new CountDownLatch(1);
        stopped = stop;
        Thread.ofVirtual().name("backlog-metrics").start(() -> lookUntilStopped(stop));
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    private void lookUntilStopped(CountDownLatch stop) {
        try {
            do {
                look();
            } while (!stop.await(INTERVAL_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            var outbox = backlog.readBacklogOfOutbox();
            outboxEvents = outbox.events();
            outboxAgeSeconds = outbox.age().toMillis() / 1000.0;
            showConsumers(
                    backlog.readStandingOfConsumers()
                            .stream()
                            .filter(consumer -> consumer.state() != ConsumerStanding.State.STOPPED)
                            .toList());
        } catch (RuntimeException failure) {
            log.warn("what waits in outbox and log is not known: {}", failure.toString());
            outboxEvents = Double.NaN;
            outboxAgeSeconds = Double.NaN;
            showConsumers(List.of());
        }
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
