package org.maraudersmap.server.incidents;

import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;

/** What somebody may want to do with an incident, and who may. Reading and reporting are open to everyone signed in. */
enum IncidentAction {
    /** Edit, start, resolve, reopen. */
    EDIT("edit, resolve or reopen this incident", "its reporter, its assignee or a PREFECT or above"),
    /** Assign, to somebody or to nobody. */
    ASSIGN("assign incidents", "a PREFECT or above"),
    /** Archive. */
    ARCHIVE("archive incidents", "an AUROR or above");

    private final String description;
    private final String whoMay;

    IncidentAction(String description, String whoMay) {
        this.description = description;
        this.whoMay = whoMay;
    }

    boolean isAllowedTo(Actor actor, Incident incident) {
        return switch (this) {
            case EDIT -> actor.role().isAtLeast(Role.PREFECT)
                    || actor.userId().equals(incident.reportedBy())
                    || actor.userId().equals(incident.assignedTo());
            case ASSIGN -> actor.role().isAtLeast(Role.PREFECT);
            case ARCHIVE -> actor.role().isAtLeast(Role.AUROR);
        };
    }

    /** For those who may not. */
    String refusal() {
        return "Only " + whoMay + " may " + description + ".";
    }
}
