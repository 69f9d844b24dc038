package org.maraudersmap.server.comments;

import jakarta.validation.constraints.NotNull;
import org.maraudersmap.server.platform.input.Text;

/** The body of a request. */
record CommentDraft(@NotNull @Text(longest = LONGEST_CONTENT, visible = true) String content) {
    private static final int LONGEST_CONTENT = 5_000;
}
