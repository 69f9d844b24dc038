package org.maraudersmap.server.platform.input;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a text in the body of a request what is allowed beyond the {@link TextRule}, which holds for every text.
 * Lengths are in code points. A missing text passes; {@code @NotNull} requires it.
 */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = TextValidator.class)
public @interface Text {

    /** How many characters at least. */
    int shortest() default 0;

    /** How many characters at most. */
    int longest() default Integer.MAX_VALUE;

    /** Whether something of it must be there to be seen. */
    boolean visible() default false;

    /**
     * Whether it is taken exactly as it was typed, as passwords and tokens are: of the rule only that it must be
     * well-formed applies.
     */
    boolean verbatim() default false;

    /** Of Bean Validation; the message says what is wrong instead. */
    String message() default "";

    /** Of Bean Validation. */
    Class<?>[] groups() default {};

    /** Of Bean Validation. */
    Class<? extends Payload>[] payload() default {};
}
