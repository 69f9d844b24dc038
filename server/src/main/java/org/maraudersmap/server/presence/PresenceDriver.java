package org.maraudersmap.server.presence;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.maraudersmap.server.platform.node.LostNodes;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.platform.work.WorkLoop;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Repeats the steps of {@link PresenceService} on a thread of its own. */
@Component
@DependsOnDatabaseInitialization
class PresenceDriver implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PresenceDriver.class);
    /** What comes together is written and told together. */
    private static final Duration GATHERING = Duration.ofMillis(5);
    /** When there is no end of it: fewer and larger statements. */
    private static final Duration GATHERING_IN_A_STORM = Duration.ofMillis(100);
    /** So many steps, one right after the other, are a storm. */
    private static final int STEPS_OF_A_STORM = 4;
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(3);

    private final PresenceService presence;
    private final LostNodes lostNodes;
    private final Duration longestSilence;
    private final Chore lookingForLostNodes;
    private final Chore notingSignsOfLife;
    private final Chore lookingAtEverybody;
    private final WorkLoop loop;
    private Optional<Long> nanosUntilNextStep = Optional.empty();
    private int stepsInARow;
    private volatile boolean running;

    PresenceDriver(PresenceService presence, LostNodes lostNodes, WorkLoops loops, Settings settings) {
        this.presence = presence;
        this.lostNodes = lostNodes;
        this.loop = loops.makeLoopOfTurns("presence", this::takeTurn);
        this.longestSilence = settings.duration(Setting.PRESENCE_TIMEOUT);
        this.lookingForLostNodes = new Chore(Duration.ofSeconds(1), this::removeSessionsOfLostNodes);
        this.notingSignsOfLife = new Chore(longestSilence.dividedBy(5), presence::noteSignsOfLifeOfClients);
        this.lookingAtEverybody = new Chore(Duration.ofSeconds(5), presence::lookAtEverybodyNextStep);
    }

    /** Something to do now and then, on the driver's thread. */
    private static final class Chore {
        private final long interval;
        private final Runnable work;
        private long due = System.nanoTime();

        Chore(Duration interval, Runnable work) {
            this.interval = interval.toNanos();
            this.work = work;
        }

        void doIfDue() {
            var now = System.nanoTime();
            if (due - now <= 0) {
                due = now + interval;
                work.run();
            }
        }

        long nanosUntilDue() {
            return due - System.nanoTime();
        }
    }

    private void removeSessionsOfLostNodes() {
        var lost = lostNodes.findNodesThatAreLost(longestSilence);
        if (!lost.isEmpty()) {
            presence.removeSessionsOfNodes(lost);
        }
    }

    @Override
    public void start() {
        presence.removeSessionsOfFormerLife();
        running = true;
        var _ = loop.start();
    }

    @Override
    public void stop() {
        running = false;
        presence.lookAtEverybodyNextStep();
        loop.stop(PATIENCE_AT_STOP);
        takeLastStep();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before clients can connect; stopped after they have gone, while there is a log to write to. */
    @Override
    public int getPhase() {
        return 20;
    }

    private void takeTurn(WorkLoop working) throws InterruptedException {
        var next = nanosUntilNextStep;
        // Should anything fail, the next turn does not wait.
        nanosUntilNextStep = Optional.of(0L);
        var waitingSince = System.nanoTime();
        presence.waitForNextChange(nanosUntilNextWork(next));
        var waited = System.nanoTime() - waitingSince;
        stepsInARow = waited < GATHERING_IN_A_STORM.toNanos() ? stepsInARow + 1 : 0;
        gatherChanges(stepsInARow);
        lookingForLostNodes.doIfDue();
        notingSignsOfLife.doIfDue();
        lookingAtEverybody.doIfDue();
        nanosUntilNextStep = presence.takeNextPresenceStep(System.nanoTime());
    }

    private static void gatherChanges(int stepsInARow) {
        var time = stepsInARow < STEPS_OF_A_STORM ? GATHERING : GATHERING_IN_A_STORM;
        LockSupport.parkNanos(time.toNanos());
    }

    /** The sockets of this node have just been closed. */
    private void takeLastStep() {
        try {
            var _ = presence.takeNextPresenceStep(System.nanoTime());
        } catch (RuntimeException failure) {
            log.warn("what happened last was not written; the next start, or another node, puts it right", failure);
        }
    }

    private long nanosUntilNextWork(Optional<Long> next) {
        var chores = Math.min(
                lookingForLostNodes.nanosUntilDue(),
                Math.min(notingSignsOfLife.nanosUntilDue(), lookingAtEverybody.nanosUntilDue()));
        return Math.max(0, Math.min(chores, next.orElse(Long.MAX_VALUE)));
    }
}
