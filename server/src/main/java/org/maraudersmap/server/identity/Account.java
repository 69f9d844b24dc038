package org.maraudersmap.server.identity;

import java.util.UUID;

/** A user and what only this module may know of him. */
record Account(User user, String passwordHash, boolean isDemo) {

    UUID id() {
        return user.id();
    }

    /** Without the hash: it must not come into a log by accident. */
    @Override
    public String toString() {
        return "Account[" + user.id() + "]";
    }
}
