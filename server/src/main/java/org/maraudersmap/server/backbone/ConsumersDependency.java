package org.maraudersmap.server.backbone;

import java.util.ArrayList;
import java.util.List;
import org.maraudersmap.server.platform.health.Dependency;
import org.springframework.stereotype.Component;

/** The consumers are as they should be while they keep up, and nothing waits for an ADMIN. */
@Component
final class ConsumersDependency implements Dependency {
    private static final double LONGEST_LAG_SECONDS = 30;

    private final BacklogReader backlog;

    ConsumersDependency(BacklogReader backlog) {
        this.backlog = backlog;
    }

    @Override
    public String name() {
        return "consumers";
    }

    @Override
    public Report checkStateOfDependency() {
        var complaints = new ArrayList<String>();
        for (var consumer : backlog.readStandingOfConsumers()) {
            if (consumer.state() != ConsumerStanding.State.STOPPED) {
                complaints.addAll(complaintsAbout(consumer));
            }
        }
        return complaints.isEmpty()
                ? new Report(State.OK, "all keep up")
                : new Report(State.DEGRADED, String.join("; ", complaints));
    }

    private static List<String> complaintsAbout(ConsumerStanding consumer) {
        var complaints = new ArrayList<String>();
        if (consumer.state() == ConsumerStanding.State.PAUSED) {
            complaints.add(consumer.id() + " pauses: what it needs does not work");
        }
        if (consumer.lagSeconds() > LONGEST_LAG_SECONDS) {
            complaints.add(consumer.id() + " is " + (long) consumer.lagSeconds() + " s behind");
        }
        if (consumer.parked() > 0) {
            complaints.add(
                    consumer.id() + " has parked " + consumer.parked() + " events, " + consumer.dead()
                            + " of them without an attempt left");
        }
        return complaints;
    }
}
