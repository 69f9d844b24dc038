package org.maraudersmap.server.platform;

/** What a user may do grows with his role; declared from least to most. */
public enum Role {
    STUDENT, PREFECT, AUROR, ADMIN;

    /** Whether this role may do what {@code other} may. */
    public boolean isAtLeast(Role other) {
        return compareTo(other) >= 0;
    }
}
