package org.maraudersmap.server.incidents;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A partial edit: what is left out stays. A field may be left out, but not be {@code null} in the JSON. */
record IncidentEdit(
        @JsonSetter(nulls = Nulls.FAIL) @Schema(minLength = 1, maxLength = IncidentText.LONGEST_TITLE) @Nullable String title,
        @JsonSetter(nulls = Nulls.FAIL) @Schema(maxLength = IncidentText.LONGEST_DESCRIPTION) @Nullable String description,
        @JsonSetter(nulls = Nulls.FAIL) @Nullable Severity severity,
        @JsonSetter(nulls = Nulls.FAIL) @Nullable Location location,
        @JsonSetter(nulls = Nulls.FAIL) @Nullable Status status) {

    /**
     * This edit, if its texts keep the rules.
     *
     * @throws org.maraudersmap.server.platform.problem.Problem
     *             {@code VALIDATION_FAILED}
     */
    IncidentEdit checked() {
        new IncidentText().checkTitle(title).checkDescription(description).refuseIfAnythingIsWrong();
        return this;
    }
}
