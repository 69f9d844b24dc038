package org.maraudersmap.server.platform.health;

import java.time.Duration;
import java.util.ArrayList;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.maraudersmap.server.platform.work.WorkLoops.LoopState;
import org.springframework.stereotype.Component;

/**
 * The threads that must live. One that fails is tried again; if that has not helped for a minute, or if one has ended,
 * only a restart may.
 */
@Component
final class WorkDependency implements Dependency {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final WorkLoops loops;

    WorkDependency(WorkLoops loops) {
        this.loops = loops;
    }

    @Override
    public String name() {
        return "work";
    }

    @Override
    public Report checkStateOfDependency() {
        var state = State.OK;
        var complaints = new ArrayList<String>();
        for (var loop : loops.describeStateOfLoops()) {
            if (loop.hasEnded()) {
                complaints.add(loop.name() + " has ended");
            } else if (!loop.failure().isEmpty()) {
                complaints.add(
                        loop.name() + " has failed for " + loop.failingFor().toSeconds() + " s: " + loop.failure());
            } else {
                continue;
            }
            state = isBeyondHope(loop) || state == State.DOWN ? State.DOWN : State.DEGRADED;
        }
        return new Report(state, complaints.isEmpty() ? "goes on" : String.join("; ", complaints));
    }

    private static boolean isBeyondHope(LoopState loop) {
        return loop.hasEnded() || loop.failingFor().compareTo(PATIENCE) > 0;
    }
}
