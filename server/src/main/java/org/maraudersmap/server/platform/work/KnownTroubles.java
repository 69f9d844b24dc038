package org.maraudersmap.server.platform.work;

/** Tells failures that somebody reports already, such as those of a database that is away, from unexpected ones. */
public interface KnownTroubles {

    /**
     * Notes a failure if it is of a known kind; then whoever noticed it need not log it.
     *
     * @return whether it is
     */
    boolean noteFailureIfKnown(Throwable failure);
}
