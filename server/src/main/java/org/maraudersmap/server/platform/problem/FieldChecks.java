package org.maraudersmap.server.platform.problem;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the texts of one request, and refuses it with everything that is wrong. A missing text passes every check but
 * the one that requires it. Lengths are in characters as read.
 */
public final class FieldChecks {
    private final List<FieldError> errors = new ArrayList<>();

    /** It must be there. */
    public FieldChecks require(String field, @Nullable String text) {
        if (text == null) {
            errors.add(new FieldError(field, "is required"));
        }
        return this;
    }

    /** It must say something. */
    public FieldChecks refuseBlank(String field, @Nullable String text) {
        if (text != null && text.isBlank()) {
            errors.add(new FieldError(field, "must not be blank"));
        }
        return this;
    }

    /** It must be one that can be kept as it was typed, of at most so many characters. */
    public FieldChecks limit(String field, @Nullable String text, int longest) {
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
    public static boolean isStorable(String text) {
        return text.codePoints().allMatch(point -> point != 0 && Character.getType(point) != Character.SURROGATE);
    }

    /**
     * Ends the check.
     *
     * @throws Problem
     *             {@code VALIDATION_FAILED} if anything was wrong
     */
    public void refuseIfAnythingIsWrong() {
        if (!errors.isEmpty()) {
            throw Problem.invalidFields(errors);
        }
    }
}
