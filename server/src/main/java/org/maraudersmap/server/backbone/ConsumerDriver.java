package org.maraudersmap.server.backbone;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs every {@link EventConsumer} on a thread of its own, woken when the log grows. */
@Component
@DependsOnDatabaseInitialization
class ConsumerDriver implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ConsumerDriver.class);
    private static final Duration SAVE_INTERVAL = Duration.ofSeconds(1);
    /**
     * After each transaction of a consumer, so that under load it handles many events in one: else the consumers would
     * keep the database busier than those who write.
     */
    private static final Duration REST_AFTER_TRANSACTION = Duration.ofMillis(20);
    private static final long SHORTEST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final List<Loop> loops;
    private volatile boolean running;

    ConsumerDriver(
            ObjectProvider<EventConsumer> consumers,
            ConsumedLog consumed,
            ConsumerPositions positions,
            DeadLetters letters,
            TransactionTemplate transaction,
            Settings settings) {
        var eventLog = consumed.log();
        var batchSize = settings.number(Setting.IGGY_BATCH_SIZE);
        var pollMillis = settings.duration(Setting.IGGY_POLL_INTERVAL_MS).toMillis();
        this.loops = consumers.stream()
                .map(consumer -> switch (consumer.checkpointOfEachBatch()) {
                    case WITH_EFFECTS -> new Loop(
                            new TransactionalConsumerRunner(
                                    consumer, eventLog, positions, letters, transaction, batchSize),
                            eventLog,
                            pollMillis,
                            REST_AFTER_TRANSACTION);
                    case NOW_AND_THEN -> new Loop(
                            new NodeConsumerRunner(consumer, eventLog, positions, batchSize),
                            eventLog,
                            pollMillis,
                            Duration.ZERO);
                })
                .toList();
    }

    @Override
    public void start() {
        running = true;
        loops.forEach(Loop::start);
    }

    @Override
    public void stop() {
        running = false;
        loops.forEach(Loop::stop);
    }

    Set<String> namesOfRunningConsumers() {
        return loops.stream().map(loop -> loop.runner.consumer.consumerName()).collect(Collectors.toSet());
    }

    /** The consumers that do not get on, because what they need does not work. */
    Set<String> namesOfPausedConsumers() {
        return loops.stream()
                .filter(loop -> loop.paused)
                .map(loop -> loop.runner.consumer.consumerName())
                .collect(Collectors.toSet());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the sequencer, before what serves; stopped after it. */
    @Override
    public int getPhase() {
        return 10;
    }

    private static final class Loop {
        private final ConsumerRunner runner;
        private final EventLog eventLog;
        private final long pollMillis;
        private final Duration rest;
        private final Bell bell = new Bell();
        private final Thread thread;
        private volatile boolean stopped;
        private volatile boolean paused;

        Loop(ConsumerRunner runner, EventLog eventLog, long pollMillis, Duration rest) {
            this.runner = runner;
            this.eventLog = eventLog;
            this.pollMillis = pollMillis;
            this.rest = rest;
            this.thread = Thread.ofVirtual().name(runner.consumer.consumerName()).unstarted(this::run);
        }

        void start() {
            thread.start();
        }

        void stop() {
            stopped = true;
            bell.ring();
            try {
                thread.join(5_000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void run() {
            try (var _ = eventLog.onAppend(bell::ring)) {
                var pause = SHORTEST_PAUSE_MILLIS;
                var lastSave = System.nanoTime();
                while (!stopped) {
                    try {
                        if (runner.takeNextStepOfConsumer() == ConsumerRunner.Outcome.IDLE) {
                            var _ = bell.waitForRing(pollMillis);
                        } else {
                            LockSupport.parkNanos(rest.toNanos());
                        }
                        pause = SHORTEST_PAUSE_MILLIS;
                        paused = false;
                        if (System.nanoTime() - lastSave > SAVE_INTERVAL.toNanos()) {
                            runner.savePositionIfMoved();
                            lastSave = System.nanoTime();
                        }
                    } catch (RuntimeException failure) {
                        paused = true;
                        log.error("consumer {} pauses and tries again", runner.consumer.consumerName(), failure);
                        var _ = bell.waitForRing(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
                        pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
                    }
                }
                runner.savePositionIfMoved();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
