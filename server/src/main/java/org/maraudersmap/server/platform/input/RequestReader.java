package org.maraudersmap.server.platform.input;

import static java.util.Comparator.comparingInt;

import jakarta.validation.Validator;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.input.StrictValues.UnusableTextException;
import org.maraudersmap.server.platform.problem.FieldError;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what clients ask for, over HTTP and on sockets: a JSON object (RFC 8259, so in UTF-8) becomes a record, whose
 * constraints (Bean Validation) hold from then on. Whatever is wrong with it is told at once, field by field.
 */
@Component
public final class RequestReader {
    private static final int LONGEST_MARK_OF_ENCODING = 4;

    private final JsonMapper json;
    private final Validator validator;

    RequestReader(JsonMapper json, Validator validator) {
        this.json = json.rebuild()
                .addModule(new StrictValues())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
        this.validator = validator;
    }

    /**
     * Reads the body of a request.
     *
     * @throws Problem
     *             {@code MALFORMED_JSON} if it is no JSON, {@code VALIDATION_FAILED} if it is not what is asked for
     */
    public <T> T readRequestFromJsonBytes(byte[] body, Class<T> type) {
        refuseOtherEncodings(body);
        try {
            T request = json.readValue(body, type);
            if (request != null) {
                refuseFaults(findBrokenConstraints(request));
                return request;
            }
        } catch (JacksonException _) {
            // Read again, with an eye to all that is wrong.
        }
        return readRequestFromJsonTree(parse(body), type);
    }

    /**
     * Reads what came with a client event.
     *
     * @throws Problem
     *             {@code VALIDATION_FAILED} if it is not what is asked for
     */
    public <T> T readRequestFromJsonTree(JsonNode payload, Class<T> type) {
        if (!(payload instanceof ObjectNode object)) {
            throw Problem.of(ProblemCode.VALIDATION_FAILED, "Send a JSON object, not something else.");
        }
        var rest = object.deepCopy();
        var faults = new LinkedHashMap<String, String>();
        for (;;) {
            try {
                T request = json.treeToValue(rest, type);
                findBrokenConstraints(request).forEach(faults::putIfAbsent);
                refuseFaults(faults);
                return request;
            } catch (JacksonException wrong) {
                leaveOutFieldAtFault(rest, wrong, faults);
            }
        }
    }

    /** Jackson stops at the first field that is wrong. Without it, it comes to the next one. */
    private static void leaveOutFieldAtFault(ObjectNode rest, JacksonException wrong, Map<String, String> faults) {
        var field = wrong.getPath().isEmpty() ? null : wrong.getPath().getFirst().getPropertyName();
        if (field == null) {
            throw wrong;
        }
        var isThere = rest.has(field);
        faults.putIfAbsent(field, isThere ? describeFault(wrong) : "is required");
        if (!isThere) {
            refuseFaults(faults);
        }
        rest.remove(field);
    }

    private JsonNode parse(byte[] body) {
        try {
            return json.readTree(body);
        } catch (StreamReadException malformed) {
            var location = malformed.getLocation();
            var isTwice = malformed.getOriginalMessage().startsWith("Duplicate");
            throw Problem.of(
                    ProblemCode.MALFORMED_JSON,
                    (isTwice ? "The body names a field twice" : "The body is not valid JSON")
                            + (location == null
                                    ? "."
                                    : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")."));
        } catch (JacksonException malformed) {
            throw Problem.of(ProblemCode.MALFORMED_JSON, "The body is not valid JSON.");
        }
    }

    /** Jackson would guess UTF-16 and UTF-32, which have a zero byte in every character of JSON's syntax. */
    private static void refuseOtherEncodings(byte[] body) {
        for (var i = 0; i < Math.min(body.length, LONGEST_MARK_OF_ENCODING); i++) {
            if (body[i] == 0) {
                throw Problem.of(ProblemCode.MALFORMED_JSON, "The body is not in UTF-8.");
            }
        }
    }

    private Map<String, String> findBrokenConstraints(Object request) {
        var faults = new LinkedHashMap<String, String>();
        var fields = Arrays.stream(request.getClass().getDeclaredFields()).map(Field::getName).toList();
        var inOrder = validator.validate(request)
                .stream()
                .sorted(comparingInt(broken -> fields.indexOf(broken.getPropertyPath().toString())))
                .toList();
        for (var broken : inOrder) {
            faults.putIfAbsent(broken.getPropertyPath().toString(), broken.getMessage());
        }
        return faults;
    }

    private static void refuseFaults(Map<String, String> faults) {
        if (!faults.isEmpty()) {
            throw Problem.invalidFields(
                    faults.entrySet()
                            .stream()
                            .map(fault -> new FieldError(fault.getKey(), fault.getValue()))
                            .toList());
        }
    }

    private static String describeFault(JacksonException wrong) {
        return switch (wrong) {
            case UnusableTextException text -> String.valueOf(text.getOriginalMessage());
            case InvalidNullException _ -> "must not be null";
            case InputCoercionException number -> describeExpected(number.getTargetType());
            case MismatchedInputException mismatch -> describeExpected(mismatch.getTargetType());
            default -> "cannot be used";
        };
    }

    private static String describeExpected(@Nullable Class<?> type) {
        return "must be " + Optional.ofNullable(type).map(Spelling::describeType).orElse("of another type");
    }
}
