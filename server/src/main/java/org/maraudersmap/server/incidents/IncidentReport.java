package org.maraudersmap.server.incidents;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What somebody reports; only the title is required. */
record IncidentReport(
        String title,
        String description,
        Severity severity,
        Location location) {

    /** The body of a request, before it was checked. */
    @Schema(name = "IncidentReport")
    record Draft(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = IncidentText.LONGEST_TITLE) @Nullable String title,
            @Schema(maxLength = IncidentText.LONGEST_DESCRIPTION) @Nullable String description,
            @Nullable Severity severity,
            @Nullable Location location) {

        /**
         * The report, with defaults for what was left out.
         *
         * @throws org.maraudersmap.server.platform.problem.Problem
         *             {@code VALIDATION_FAILED}
         */
        IncidentReport toReport() {
            new IncidentText().checkRequiredTitle(title).checkDescription(description).refuseIfAnythingIsWrong();
            return new IncidentReport(
                    Objects.requireNonNull(title),
                    Objects.requireNonNullElse(description, ""),
                    Objects.requireNonNullElse(severity, Severity.MISCHIEF),
                    Objects.requireNonNullElse(location, Location.HOGWARTS));
        }
    }
}
