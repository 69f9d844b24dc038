package org.maraudersmap.server.incidents;

/** How bad an incident is, from low to high. */
enum Severity {
    MISCHIEF, SUSPICIOUS, SERIOUS, DANGEROUS, CRITICAL, UNFORGIVABLE;

    /** Whether every AUROR must hear of it. */
    boolean isUrgent() {
        return compareTo(CRITICAL) >= 0;
    }
}
