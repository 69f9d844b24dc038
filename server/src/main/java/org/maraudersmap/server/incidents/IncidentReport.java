package org.maraudersmap.server.incidents;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.input.Text;

/** What somebody reports; only the title is required. */
record IncidentReport(
        String title,
        String description,
        Severity severity,
        Location location) {
    static final int LONGEST_TITLE = 255;
    static final int LONGEST_DESCRIPTION = 10_000;

    /** The body of a request. */
    @Schema(name = "IncidentReport")
    record Draft(
            @NotNull @Text(longest = LONGEST_TITLE, visible = true) String title,
            @Nullable @Text(longest = LONGEST_DESCRIPTION) String description,
            @Nullable Severity severity,
            @Nullable Location location) {

        /** The report, with defaults for what was left out. */
        IncidentReport toReport() {
            return new IncidentReport(
                    title,
                    Objects.requireNonNullElse(description, ""),
                    Objects.requireNonNullElse(severity, Severity.MISCHIEF),
                    Objects.requireNonNullElse(location, Location.HOGWARTS));
        }
    }
}
