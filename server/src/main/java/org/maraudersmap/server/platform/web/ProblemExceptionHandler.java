package org.maraudersmap.server.platform.web;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventsGoneException;
import org.maraudersmap.server.platform.database.DatabaseTrouble;
import org.maraudersmap.server.platform.input.Spelling;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.platform.web.StrictParameters.UnusableValueException;
import org.maraudersmap.server.platform.work.KnownTroubles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes every failure of a request, wherever it is noticed, an {@code application/problem+json}; never a stack trace.
 */
@Component
@Order(-2) // before Spring Boot's own handler
final class ProblemExceptionHandler implements WebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemExceptionHandler.class);
    private static final Duration SOON = Duration.ofSeconds(2);
    private final JsonMapper json;
    private final KnownTroubles troubles;

    ProblemExceptionHandler(JsonMapper json, KnownTroubles troubles) {
        this.json = json;
        this.troubles = troubles;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            logAnswerThatBrokeOff(exchange.getRequest(), failure);
            return Mono.error(failure);
        }
        var problem = describe(exchange, failure);
        response.setStatusCode(problem.code().status());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        problem.retryAfter()
                .ifPresent(wait -> response.getHeaders().set(HttpHeaders.RETRY_AFTER, inWholeSeconds(wait)));
        if (problem.code().status() == HttpStatus.UNAUTHORIZED) {
            response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        var body = json.writeValueAsBytes(problem.toProblemDetail());
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    /** Spring's own line about it, which is off, would hold the query, and so perhaps a token. */
    private static void logAnswerThatBrokeOff(ServerHttpRequest request, Throwable failure) {
        if (!DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            log.error("the answer to {} {} broke off", request.getMethod(), request.getPath(), failure);
        }
    }

    private static String inWholeSeconds(Duration wait) {
        return String.valueOf(Math.max(1, (wait.toMillis() + 999) / 1000));
    }

    private Problem describe(ServerWebExchange exchange, Throwable failure) {
        var tooLarge = causeOf(failure, DataBufferLimitException.class);
        if (tooLarge != null) {
            return Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "The body is larger than 128 KB.");
        }
        return switch (failure) {
            case Problem problem -> problem;
            case EventsGoneException gone -> Problem.of(ProblemCode.EVENTS_GONE, String.valueOf(gone.getMessage()));
            case ServerWebInputException unreadable -> describeUnreadableInput(unreadable);
            case MethodNotAllowedException notAllowed ->
                Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "Allowed here: " + notAllowed.getSupportedMethods() + ".");
            case NotAcceptableStatusException notAcceptable ->
                Problem.of(ProblemCode.NOT_ACCEPTABLE, "Offered here: " + notAcceptable.getSupportedMediaTypes() + ".");
            case ResponseStatusException status -> describeStatus(exchange, status);
            case InvalidMediaTypeException _ -> describeStatus(
                    exchange, new ResponseStatusException(HttpStatus.UNSUPPORTED_MEDIA_TYPE));
            case RuntimeException broken when troubles.noteFailureIfKnown(broken) -> describeTrouble(broken);
            case DataAccessException refused -> DatabaseRefusals.describe(refused)
                    .orElseGet(() -> describeFault(exchange, failure));
            default -> describeFault(exchange, failure);
        };
    }

    /** The log has it already, once for all whom it meets. */
    private static Problem describeTrouble(RuntimeException failure) {
        var words = DatabaseTrouble.of(failure).map(DatabaseTrouble::words).orElse("cannot do this now");
        return Problem.unavailable("The database " + words + "; try again.", SOON);
    }

    private static Problem describeFault(ServerWebExchange exchange, Throwable failure) {
        log.error("{} {} failed", exchange.getRequest().getMethod(), exchange.getRequest().getPath(), failure);
        return Problem.internalError();
    }

    /** What Spring refuses with a status alone. */
    private static Problem describeStatus(ServerWebExchange exchange, ResponseStatusException refusal) {
        var request = exchange.getRequest();
        return switch (refusal.getStatusCode().value()) {
            case 400 -> Problem.of(ProblemCode.MALFORMED_REQUEST, "The request cannot be read.");
            case 404 -> Problem.of(ProblemCode.NOT_FOUND, "There is nothing at " + request.getPath() + ".");
            case 406 -> Problem.of(
                    ProblemCode.NOT_ACCEPTABLE,
                    "Accept: " + request.getHeaders().getFirst(HttpHeaders.ACCEPT) + " names nothing that is offered.");
            case 413 -> Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "The body is larger than 128 KB.");
            case 415 -> Problem.of(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    Optional.ofNullable(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
                            .map(type -> "Send application/json, in UTF-8, not '" + type + "'.")
                            .orElse("Say what the body is: Content-Type: application/json."));
            default -> describeFault(exchange, refusal);
        };
    }

    private static Problem describeUnreadableInput(ServerWebInputException unreadable) {
        var parameter = unreadable.getMethodParameter();
        var unconverted = causeOf(unreadable, TypeMismatchException.class);
        if (parameter != null && unconverted != null) {
            return describeUnusableParameter(nameOf(parameter), unconverted);
        }
        if (parameter != null
                && parameter.hasParameterAnnotation(RequestBody.class)) {
            return Problem.of(ProblemCode.MALFORMED_JSON, "This route needs a JSON body.");
        }
        var name = parameter == null ? "unknown" : nameOf(parameter);
        return Problem.of(ProblemCode.INVALID_PARAMETER,
                "Parameter " + name + " cannot be used: " + unreadable.getReason() + ".");
    }

    private static String nameOf(MethodParameter parameter) {
        var header = parameter.getParameterAnnotation(RequestHeader.class);
        return header != null && !header.value().isEmpty()
                ? header.value()
                : String.valueOf(parameter.getParameterName());
    }

    /** Of a list the innermost failure tells of the element, which says more. */
    private static Problem describeUnusableParameter(String name, TypeMismatchException mismatch) {
        var type = mismatch.getRequiredType();
        var value = mismatch.getValue();
        for (Throwable cause = mismatch; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConversionFailedException conversion) {
                type = conversion.getTargetType().getType();
                value = conversion.getValue();
            } else if (cause instanceof UnusableValueException unusable) {
                return Problem.invalidParameter(name, String.valueOf(value), String.valueOf(unusable.getMessage()));
            }
        }
        return Problem.invalidParameter(
                name,
                String.valueOf(value),
                type == null ? "of another type" : Spelling.describeType(type));
    }

    private static <T extends Throwable> @Nullable T causeOf(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
