package org.maraudersmap.server.backbone;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.platform.work.WorkLoop;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs every {@link EventConsumer} on a thread of its own, woken when the log grows. */
@Component
@DependsOnDatabaseInitialization
class ConsumerDriver implements SmartLifecycle {
    private static final Duration SAVE_INTERVAL = Duration.ofSeconds(1);
    /**
     * After each transaction of a consumer, so that under load it handles many events in one: else the consumers would
     * keep the database busier than those who write.
     */
    private static final Duration REST_AFTER_TRANSACTION = Duration.ofMillis(20);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(2);

    private final List<ReadingLoop> readers;
    private volatile boolean running;

    ConsumerDriver(
            ObjectProvider<EventConsumer> consumers,
            ConsumedLog consumed,
            ConsumerPositions positions,
            DeadLetters letters,
            TransactionTemplate transaction,
            WorkLoops loops,
            Settings settings) {
        var eventLog = consumed.log();
        var batchSize = settings.number(Setting.IGGY_BATCH_SIZE);
        var pollMillis = settings.duration(Setting.IGGY_POLL_INTERVAL_MS).toMillis();
        this.readers = consumers.stream()
                .map(consumer -> switch (consumer.checkpointOfEachBatch()) {
                    case WITH_EFFECTS -> new ReadingLoop(
                            new TransactionalConsumerRunner(
                                    consumer, eventLog, positions, letters, transaction, batchSize),
                            eventLog,
                            loops,
                            pollMillis,
                            REST_AFTER_TRANSACTION);
                    case NOW_AND_THEN -> new ReadingLoop(
                            new NodeConsumerRunner(consumer, eventLog, positions, batchSize),
                            eventLog,
                            loops,
                            pollMillis,
                            Duration.ZERO);
                })
                .toList();
    }

    @Override
    public void start() {
        running = true;
        readers.forEach(ReadingLoop::start);
    }

    @Override
    public void stop() {
        running = false;
        readers.forEach(ReadingLoop::stop);
    }

    Set<String> namesOfRunningConsumers() {
        return readers.stream().map(reader -> reader.runner.consumer.consumerName()).collect(Collectors.toSet());
    }

    /** The consumers that do not get on, because what they need does not work. */
    Set<String> namesOfPausedConsumers() {
        return readers.stream()
                .filter(reader -> reader.loop.isFailing())
                .map(reader -> reader.runner.consumer.consumerName())
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

    private static final class ReadingLoop {
        private final ConsumerRunner runner;
        private final EventLog eventLog;
        private final long pollMillis;
        private final Duration rest;
        private final Bell bell = new Bell();
        private final WorkLoop loop;
        private long lastSave = System.nanoTime();

        ReadingLoop(ConsumerRunner runner, EventLog eventLog, WorkLoops loops, long pollMillis, Duration rest) {
            this.runner = runner;
            this.eventLog = eventLog;
            this.pollMillis = pollMillis;
            this.rest = rest;
            this.loop = loops.makeLoopOfTurns(runner.consumer.consumerName(), this::readUntilStopped);
        }

        void start() {
            var _ = loop.start();
        }

        void stop() {
            bell.ring();
            loop.stop(PATIENCE_AT_STOP);
        }

        private void readUntilStopped(WorkLoop reading) throws InterruptedException {
            try (var _ = eventLog.onAppend(bell::ring)) {
                while (!reading.isStopping()) {
                    takeStep();
                    reading.noteProgress();
                }
                runner.savePositionIfMoved();
            }
        }

        private void takeStep() throws InterruptedException {
            if (runner.takeNextStepOfConsumer() == ConsumerRunner.Outcome.IDLE) {
                var _ = bell.waitForRing(pollMillis);
            } else {
                LockSupport.parkNanos(rest.toNanos());
            }
            if (System.nanoTime() - lastSave > SAVE_INTERVAL.toNanos()) {
                runner.savePositionIfMoved();
                lastSave = System.nanoTime();
            }
        }
    }
}
