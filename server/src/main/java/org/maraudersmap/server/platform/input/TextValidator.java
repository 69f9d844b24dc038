package org.maraudersmap.server.platform.input;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what {@link Text} says; the {@link TextRule} has been checked when the text was read. */
final class TextValidator implements ConstraintValidator<Text, String> {
    private int shortest;
    private int longest = Integer.MAX_VALUE;
    private boolean visible;

    @Override
    public void initialize(Text text) {
        shortest = text.shortest();
        longest = text.longest();
        visible = text.visible();
    }

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
        var fault = text == null ? Optional.<String>empty() : findFault(text);
        fault.ifPresent(message -> {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(message).addConstraintViolation();
        });
        return fault.isEmpty();
    }

    private Optional<String> findFault(String text) {
        if (visible && !TextRule.hasSomethingToSee(text)) {
            return Optional.of("must not be blank");
        }
        var length = text.codePointCount(0, text.length());
        if (length >= shortest && length <= longest) {
            return Optional.empty();
        }
        return Optional.of(
                shortest > 0
                        ? "must have " + shortest + " to " + longest + " characters, not " + length
                        : "must have at most " + longest + " characters, not " + length);
    }
}
