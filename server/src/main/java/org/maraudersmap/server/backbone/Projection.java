package org.maraudersmap.server.backbone;

/**
 * A consumer that builds up from the log nothing but what the log says: it can be emptied and built up again, and a
 * reset does so.
 */
public interface Projection extends EventConsumer {

    @Override
    default Start startOfFirstRun() {
        return Start.BEGINNING;
    }

    /** Forgets everything, in the caller's transaction; all events come again. */
    void emptyProjectionForRebuild();
}
