package org.maraudersmap.server.platform.health;

/** Something that this node needs; every bean of this type is shown at {@code /health}. */
public interface Dependency {

    /** How it is. */
    enum State {
        /** As it should be. */
        OK,
        /** Working, though not as it should. */
        DEGRADED,
        /** Not working: nothing that needs it can. */
        DOWN
    }

    /** A state, and what there is to say of it; no secrets. */
    record Report(State state, String detail) {}

    /** A short name, such as {@code database}. */
    String name();

    /** How it is now; counts as degraded if there is no answer within a second and a half. */
    Report checkStateOfDependency();
}
