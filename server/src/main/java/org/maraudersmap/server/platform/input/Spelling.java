package org.maraudersmap.server.platform.input;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The one spelling that numbers, ids and names have in requests, and how refusals call them. */
public final class Spelling {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");
    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private Spelling() {}

    /** A whole number of 64 bits as JSON writes it: decimal digits, without a plus, spaces or leading zeros. */
    public static Optional<Long> readWholeNumber(String text) {
        try {
            return WHOLE_NUMBER.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /** A UUID as RFC 9562 writes it, in letters of either case. */
    public static Optional<UUID> readUuid(String text) {
        return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** The constant of an enum that has exactly this name. */
    public static Optional<Object> readName(String text, Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(text))
                .map(Object.class::cast)
                .findFirst();
    }

    /** To follow "must be": what is allowed for values of a type, all names if it is an enum. */
    public static String describeType(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return switch (type.getSimpleName()) {
            case "String" -> "a text";
            case "UUID" -> "a UUID";
            case "long", "Long", "int", "Integer" -> "a whole number";
            case "boolean", "Boolean" -> "true or false";
            default -> "of another type";
        };
    }
}
