package org.maraudersmap.server.incidents;

import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.problem.FieldChecks;

/** Checks the texts of one request about an incident. */
final class IncidentText {
    static final int LONGEST_TITLE = 255;
    static final int LONGEST_DESCRIPTION = 10_000;
    static final int LONGEST_RESOLUTION = 10_000;

    private final FieldChecks checks = new FieldChecks();

    IncidentText checkTitle(@Nullable String title) {
        checks.refuseBlank("title", title).limit("title", title, LONGEST_TITLE);
        return this;
    }

    IncidentText checkRequiredTitle(@Nullable String title) {
        checks.require("title", title);
        return checkTitle(title);
    }

    IncidentText checkDescription(@Nullable String description) {
        checks.limit("description", description, LONGEST_DESCRIPTION);
        return this;
    }

    IncidentText checkResolution(@Nullable String resolution) {
        checks.limit("resolution", resolution, LONGEST_RESOLUTION);
        return this;
    }

    /**
     * Ends the check.
     *
     * @throws org.maraudersmap.server.platform.problem.Problem
     *             {@code VALIDATION_FAILED} if anything was wrong
     */
    void refuseIfAnythingIsWrong() {
        checks.refuseIfAnythingIsWrong();
    }
}
