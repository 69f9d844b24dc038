package org.maraudersmap.e2e.rights;

/** What a user has to do with the thing in question. */
enum Relation {
    /** Nothing. */
    STRANGER,
    /** Has reported the incident. */
    REPORTER,
    /** The incident is assigned to him. */
    ASSIGNEE,
    /** Has written the comment. */
    AUTHOR,
    /** It is his notification. */
    OWNER
}
