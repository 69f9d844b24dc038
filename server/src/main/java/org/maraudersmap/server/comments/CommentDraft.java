package org.maraudersmap.server.comments;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.problem.FieldChecks;

/** The body of a request, before it was checked. */
record CommentDraft(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = LONGEST_CONTENT) @Nullable String content) {
    private static final int LONGEST_CONTENT = 5_000;

    /**
     * What is said.
     *
     * @throws org.maraudersmap.server.platform.problem.Problem
     *             {@code VALIDATION_FAILED}
     */
    String toContent() {
        new FieldChecks().require("content", content)
                .refuseBlank("content", content)
                .limit("content", content, LONGEST_CONTENT)
                .refuseIfAnythingIsWrong();
        return Objects.requireNonNull(content);
    }
}
