package org.maraudersmap.server.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Connections for whoever keeps one for as long as the process runs: a lock of the cluster, the node's name, the
 * listener for signals. They are not the pool's, which so has nothing taken while nobody asks for anything. Closing one
 * ends its session, and with it whatever lock it holds. A read on one ends with an error when the database has been
 * silent for five seconds.
 */
public final class DedicatedConnections {
    private final DataSource source;

    /**
     * @param source
     *            opens a connection each time it is asked
     */
    public DedicatedConnections(DataSource source) {
        this.source = source;
    }

    /** Opens one, which the caller closes. */
    public Connection open() throws SQLException {
        return source.getConnection();
    }
}
