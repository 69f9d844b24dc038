package org.maraudersmap.server.platform.problem;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/**
 * A refusal, thrown where it is noticed: it becomes {@code application/problem+json} (RFC 9457) over HTTP, and an
 * {@code error} or a negative acknowledgement with the same code on a socket. The detail is for the caller to read:
 * it names the thing, the value and what to do, and holds no secret.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient List<FieldError> errors;
    private final transient @Nullable Duration retryAfter;

    private Problem(ProblemCode code, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        // A refusal is an answer, not a fault: its stack would be paid for and never read.
        super(detail, null, false, false);
        this.code = code;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    /** A refusal for a reason. */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of(), null);
    }

    /** Something that does not exist, or not for this caller. */
    public static Problem notFound(String what, Object id) {
        return of(ProblemCode.NOT_FOUND, "There is no " + what + " " + id + ".");
    }

    /** A field of the body that breaks a rule. */
    public static Problem invalidField(String field, String message) {
        return invalidFields(List.of(new FieldError(field, message)));
    }

    /** Fields of the body that break rules. */
    public static Problem invalidFields(List<FieldError> errors) {
        var detail = new StringBuilder();
        errors.forEach(error -> detail.append(error.field()).append(": ").append(error.message()).append(". "));
        return new Problem(
                ProblemCode.VALIDATION_FAILED,
                detail.toString().strip(),
                List.copyOf(errors),
                null);
    }

    /** A query or path parameter that cannot be used. */
    public static Problem invalidParameter(String name, Object value, String allowed) {
        var message = "must be " + allowed + ", not '" + value + "'";
        return new Problem(
                ProblemCode.INVALID_PARAMETER,
                "Parameter " + name + " " + message + ".",
                List.of(new FieldError(name, message)),
                null);
    }

    /** Too fast; the caller may try again after {@code retryAfter}. */
    public static Problem rateLimited(String detail, Duration retryAfter) {
        return new Problem(ProblemCode.RATE_LIMITED, detail, List.of(), retryAfter);
    }

    /** Not now; the caller may try again after {@code retryAfter}. */
    public static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem(ProblemCode.UNAVAILABLE, detail, List.of(), retryAfter);
    }

    /** Our own fault, which is in the log and nobody else's affair. */
    public static Problem internalError() {
        return of(ProblemCode.INTERNAL_ERROR, "Something went wrong on our side; it has been logged.");
    }

    /** Why. */
    public ProblemCode code() {
        return code;
    }

    /** For the caller to read. */
    public String detail() {
        return Optional.ofNullable(getMessage()).orElse(code.title());
    }

    /** How long the caller should wait. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The body of the answer. */
    public ProblemDetail toProblemDetail() {
        var problem = ProblemDetail.forStatusAndDetail(code.status(), detail());
        problem.setType(
                URI.create("urn:marauders-map:problem:" + code.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        problem.setTitle(code.title());
        problem.setProperty("code", code.name());
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }
}
