package org.maraudersmap.server.platform.health;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

@Component
final class DatabaseDependency implements Dependency {
    private static final int SECONDS = 1;
    private final DataSource source;

    DatabaseDependency(DataSource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Report checkStateOfDependency() {
        try (var connection = source.getConnection()) {
            return connection.isValid(SECONDS)
                    ? new Report(State.OK, "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion())
                    : new Report(State.DOWN, "does not answer");
        } catch (SQLException failure) {
            return new Report(State.DOWN, "cannot be reached");
        }
    }
}
