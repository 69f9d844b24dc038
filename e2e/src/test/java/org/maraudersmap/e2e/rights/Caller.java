package org.maraudersmap.e2e.rights;

import org.maraudersmap.e2e.harness.Session;

/** Somebody who tries. */
record Caller(Role role, Relation relation, Session session) {

    String token() {
        return session.accessToken();
    }

    @Override
    public String toString() {
        return relation == Relation.STRANGER ? role.name() : role + " who is the " + relation;
    }
}
