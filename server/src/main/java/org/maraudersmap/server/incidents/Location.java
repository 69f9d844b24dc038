package org.maraudersmap.server.incidents;

/** Where on the map an incident happens. */
enum Location {
    HOGWARTS, HOGSMEADE, KNOCKTURN_ALLEY, FORBIDDEN_FOREST, MINISTRY, AZKABAN, DIAGON_ALLEY, PLATFORM_9_3_4
}
