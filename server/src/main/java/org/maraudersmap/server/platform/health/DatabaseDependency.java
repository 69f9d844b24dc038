package org.maraudersmap.server.platform.health;

import org.maraudersmap.server.platform.database.DatabaseWatch;
import org.springframework.stereotype.Component;

/** The database, as its watch has found it; asks nothing of it itself. */
@Component
final class DatabaseDependency implements Dependency {
    private final DatabaseWatch watch;

    DatabaseDependency(DatabaseWatch watch) {
        this.watch = watch;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Report checkStateOfDependency() {
        var finding = watch.findHowDatabaseIs();
        return new Report(switch (finding.state()) {
            case WELL -> State.OK;
            case LIMITED -> State.DEGRADED;
            case AWAY -> State.DOWN;
        }, finding.words());
    }
}
