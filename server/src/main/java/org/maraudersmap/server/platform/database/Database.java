package org.maraudersmap.server.platform.database;

import java.io.IOException;
import org.maraudersmap.server.platform.StartRefusedException;

/** The database that this process uses; it may still be starting. */
sealed interface Database extends AutoCloseable permits EmbeddedDatabase, ExternalDatabase {

    /**
     * Waits until the database answers.
     *
     * @throws StartRefusedException
     *             if it never will, or not in time
     */
    DatabaseAddress awaitAddress();

    @Override
    void close() throws IOException;
}
