package org.maraudersmap.server.backbone;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.maraudersmap.server.platform.database.DedicatedConnections;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.platform.work.WorkLoop;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs the {@link Sequencer} on this node whenever no other node does. A commit on this node wakes it at once, one on
 * another node by a signal; both may be lost, so it looks by itself as well.
 */
@Component
class SequencerDriver implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SequencerDriver.class);
    /** "There is something in the outbox", to the node that sequences. */
    private static final String OUTBOX_CHANNEL = "outbox";
    /** "The log has come to this position", from the node that sequences. */
    private static final String LOG_CHANNEL = "event_log";
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(1);
    /** One that has asked the database nothing for so long is frozen or cut off; it asks five times as often. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);
    /** After each batch: under load it moves several events with one commit, and leaves the disk to the writers. */
    private static final long REST_NANOS = 2_000_000L;

    private final Sequencer sequencer;
    private final PostgresEventLog eventLog;
    private final Bell bell;
    private final ClusterSignals signals;
    private final DedicatedConnections connections;
    private final long pollMillis;
    private final WorkLoop loop;
    private volatile boolean running;
    private volatile boolean sequencing;

    SequencerDriver(
            Sequencer sequencer,
            PostgresEventLog eventLog,
            Bell bell,
            ClusterSignals signals,
            DedicatedConnections connections,
            WorkLoops loops,
            Settings settings) {
        this.sequencer = sequencer;
        this.eventLog = eventLog;
        this.bell = bell;
        this.signals = signals;
        this.connections = connections;
        this.loop = loops.makeLoopOfTurns("sequencer", this::sequenceWithOwnConnection);
        this.pollMillis = Math.min(
                settings.duration(Setting.IGGY_POLL_INTERVAL_MS).toMillis(), LONGEST_SILENCE.toMillis() / 5);
        signals.listenToSignalsOnChannel(OUTBOX_CHANNEL, _ -> wakeSequencerForOtherNode());
        signals.listenToSignalsOnChannel(LOG_CHANNEL, this::followLogOfOtherNode);
    }

    private void wakeSequencerForOtherNode() {
        if (sequencing) {
            bell.ring();
        }
    }

    private void followLogOfOtherNode(String position) {
        if (!sequencing) {
            eventLog.advanceHeadToPosition(Long.parseLong(position));
        }
    }

    @Override
    public void start() {
        running = true;
        var _ = loop.startOnPlatformThread();
    }

    @Override
    public void stop() {
        running = false;
        bell.ring();
        loop.stop(PATIENCE_AT_STOP);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the database, before anything that serves; stopped after it. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void sequenceWithOwnConnection(WorkLoop working) throws SQLException, InterruptedException {
        try (var connection = connections.open()) {
            takeTurnsWithOtherNodes(connection);
        }
    }

    private void takeTurnsWithOtherNodes(Connection connection) throws SQLException, InterruptedException {
        while (running) {
            if (sequencer.tryBecomeOnlySequencer(connection)) {
                log.info("this node sequences the event log");
                sequencing = true;
                try {
                    eventLog.refreshHeadFromDatabase();
                    sequenceEventsUntilStopped(connection);
                    sequencer.resignAsOnlySequencer(connection);
                } finally {
                    sequencing = false;
                }
            } else {
                if (sequencer.replaceSequencerThatIsSilent(connection, LONGEST_SILENCE)) {
                    log.warn("the node that sequenced has been silent for {} s; another one goes on",
                            LONGEST_SILENCE.toSeconds());
                    continue;
                }
                if (bell.waitForRing(pollMillis)) {
                    signals.sendSignalToAllNodes(OUTBOX_CHANNEL, "");
                }
                eventLog.refreshHeadFromDatabase();
                loop.noteProgress();
            }
        }
    }

    private void sequenceEventsUntilStopped(Connection connection) throws SQLException, InterruptedException {
        while (running) {
            var events = sequencer.moveNextBatchToLog(connection);
            loop.noteProgress();
            if (!events.isEmpty()) {
                eventLog.acceptEventsFromSequencer(events);
                signals.sendSignalToAllNodes(LOG_CHANNEL, String.valueOf(events.getLast().position()));
                log.debug("sequenced {} events up to position {}", events.size(), events.getLast().position());
            }
            if (events.size() < sequencer.mostEventsOfBatch()) {
                if (!events.isEmpty()) {
                    LockSupport.parkNanos(REST_NANOS);
                }
                var _ = bell.waitForRing(pollMillis);
            }
        }
    }
}
