package org.maraudersmap.server.incidents;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.problem.FieldError;
import org.maraudersmap.server.platform.problem.Problem;

/** Checks the texts of one request, and refuses it with everything that is wrong. Lengths are in characters as read. */
final class IncidentText {
    static final int LONGEST_TITLE = 255;
    static final int LONGEST_DESCRIPTION = 10_000;
    static final int LONGEST_RESOLUTION = 10_000;

    private final List<FieldError> errors = new ArrayList<>();

    IncidentText checkTitle(@Nullable String title) {
        if (title == null) {
            return this;
        }
        if (title.isBlank()) {
            errors.add(new FieldError("title", "must not be blank"));
        }
        return checkText("title", title, LONGEST_TITLE);
    }

    IncidentText checkRequiredTitle(@Nullable String title) {
        if (title == null) {
            errors.add(new FieldError("title", "is required"));
        }
        return checkTitle(title);
    }

    IncidentText checkDescription(@Nullable String description) {
        return checkText("description", description, LONGEST_DESCRIPTION);
    }

    IncidentText checkResolution(@Nullable String resolution) {
        return checkText("resolution", resolution, LONGEST_RESOLUTION);
    }

    private IncidentText checkText(String field, @Nullable String text, int longest) {
        if (text == null) {
            return this;
        }
        var length = text.codePointCount(0, text.length());
        if (length > longest) {
            errors.add(new FieldError(field, "must have at most " + longest + " characters, not " + length));
        }
        if (!isStorable(text)) {
            errors.add(new FieldError(field, "must not contain U+0000 or half a surrogate pair"));
        }
        return this;
    }

    /** Whether PostgreSQL can keep the text as it was typed. */
    static boolean isStorable(String text) {
        return text.codePoints().allMatch(point -> point != 0 && Character.getType(point) != Character.SURROGATE);
    }

    /**
     * Ends the check.
     *
     * @throws Problem
     *             {@code VALIDATION_FAILED} if anything was wrong
     */
    void refuseIfAnythingIsWrong() {
        if (!errors.isEmpty()) {
            throw Problem.invalidFields(errors);
        }
    }
}
