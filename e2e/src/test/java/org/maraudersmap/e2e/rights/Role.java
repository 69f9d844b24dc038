package org.maraudersmap.e2e.rights;

/** What a user is. */
enum Role {
    STUDENT, PREFECT, AUROR, ADMIN
}
