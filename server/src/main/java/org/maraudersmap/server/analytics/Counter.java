package org.maraudersmap.server.analytics;

/** Something that is counted: of a kind, under a name, such as the severity CRITICAL. */
record Counter(Kind kind, String name) {

    /** What is counted. */
    enum Kind {
        /** Incidents by severity. */
        SEVERITY,
        /** Incidents by location. */
        LOCATION,
        /** Incidents by status. */
        STATUS,
        /** Incidents by the day (UTC) on which they were reported. */
        REPORTED_ON,
        /** Resolved incidents by the day (UTC) on which they were resolved. */
        RESOLVED_ON,
        /** Resolved incidents by severity. */
        RESOLVED,
        /** Milliseconds from report to resolution, over all resolved incidents of a severity. */
        MILLIS_TO_RESOLVE
    }
}
