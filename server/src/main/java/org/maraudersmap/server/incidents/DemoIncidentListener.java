package org.maraudersmap.server.incidents;

import java.util.function.Function;
import org.maraudersmap.server.platform.Actor;

/** Adds something to the demo incidents while they are made, in the same transaction. Make it a Spring bean. */
public interface DemoIncidentListener {

    /**
     * Hears of a demo incident that has been reported and is still open.
     *
     * @param demoUsers
     *            the demo user with a mail
     */
    void onDemoIncident(long id, String title, Function<String, Actor> demoUsers);
}
