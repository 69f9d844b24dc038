package org.maraudersmap.server.incidents;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.input.Text;

/** A partial edit: what is {@code null} stays as it is. */
record IncidentEdit(
        @Nullable String title,
        @Nullable String description,
        @Nullable Severity severity,
        @Nullable Location location,
        @Nullable Status status) {

    /** Only a step to another status. */
    static IncidentEdit to(Status status) {
        return new IncidentEdit(null, null, null, null, status);
    }

    /**
     * The body of a request. A field may be left out, but not be {@code null} in the JSON: a
     * record could not tell the two apart.
     */
    @Schema(name = "IncidentEdit")
    static final class Draft {
        @JsonProperty
        @JsonSetter(nulls = Nulls.FAIL)
        @Text(longest = IncidentReport.LONGEST_TITLE, visible = true)
        private @Nullable String title;

        @JsonProperty
        @JsonSetter(nulls = Nulls.FAIL)
        @Text(longest = IncidentReport.LONGEST_DESCRIPTION)
        private @Nullable String description;

        @JsonProperty
        @JsonSetter(nulls = Nulls.FAIL)
        private @Nullable Severity severity;

        @JsonProperty
        @JsonSetter(nulls = Nulls.FAIL)
        private @Nullable Location location;

        @JsonProperty
        @JsonSetter(nulls = Nulls.FAIL)
        private @Nullable Status status;

        /** The edit. */
        IncidentEdit toEdit() {
            return new IncidentEdit(title, description, severity, location, status);
        }
    }
}
