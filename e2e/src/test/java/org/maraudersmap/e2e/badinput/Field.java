package org.maraudersmap.e2e.badinput;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A field of a body or a query parameter: a good value, and bad ones to try.
 *
 * @param allowed
 *            the values of an enum, which a refusal must name
 */
record Field(String name, Object sample, boolean isRequired, List<Object> wrong, List<String> allowed) {
    static final List<String> SEVERITIES = List.of(
            "MISCHIEF",
            "SUSPICIOUS",
            "SERIOUS",
            "DANGEROUS",
            "CRITICAL",
            "UNFORGIVABLE");
    static final List<String> LOCATIONS = List.of(
            "HOGWARTS",
            "HOGSMEADE",
            "KNOCKTURN_ALLEY",
            "FORBIDDEN_FOREST",
            "MINISTRY",
            "AZKABAN",
            "DIAGON_ALLEY",
            "PLATFORM_9_3_4");
    static final List<String> STATUSES = List.of("OPEN", "IN_PROGRESS", "RESOLVED", "ARCHIVED");
    static final List<String> ROLES = List.of("STUDENT", "PREFECT", "AUROR", "ADMIN");
    static final List<String> HOUSES = List.of("GRYFFINDOR", "SLYTHERIN", "RAVENCLAW", "HUFFLEPUFF");
    private static final Object OBJECT = Map.of("a", 1);

    /** A text in a body, with this sample. */
    static Field text(String name, String sample) {
        return new Field(name, sample, false, List.of(OBJECT, List.of("a"), 42, true), List.of());
    }

    /** A text of this kind that is longer than allowed is wrong. */
    Field atMost(int characters) {
        return alsoWrong("x".repeat(characters + 1));
    }

    /** A text that must say something. */
    Field notBlank() {
        return alsoWrong("").alsoWrong("  ");
    }

    /** One of some names in a body. */
    static Field oneOf(String name, List<String> allowed) {
        return new Field(
                name,
                allowed.getFirst(),
                false,
                List.of("EXPELLIARMUS", allowed.getFirst().toLowerCase(Locale.ROOT), "", 1, OBJECT),
                allowed);
    }

    /** One of some names in a query. */
    static Field queryOneOf(String name, List<String> allowed) {
        return new Field(name, allowed.getFirst(), false, List.of("EXPELLIARMUS", "1"), allowed);
    }

    /** A user's id in a body. */
    static Field userId(String name, String sample) {
        return new Field(name, sample, false, List.of("nobody", 42, OBJECT), List.of());
    }

    /** A position in the log, in a body. */
    static Field position(String name) {
        return new Field(name, 0, false, List.of("the end", -1, 999_999_999_999L, OBJECT), List.of());
    }

    /** A query parameter with values that are wrong. */
    static Field query(String name, Object sample, Object... wrong) {
        return new Field(name, sample, false, List.of(wrong), List.of());
    }

    /** How many at once, at most so many. */
    static Field limit(int most) {
        return query("limit", 1, 0, -1, most + 1, "many", "99999999999999999999", "1.5");
    }

    /** Where the next page begins: opaque, so anything not made by the product is wrong. */
    static Field cursor() {
        return query("cursor", "", "nonsense", "%00", "-1");
    }

    /** The same, but it must be there. */
    Field required() {
        return new Field(name, sample, true, wrong, allowed);
    }

    private Field alsoWrong(Object value) {
        var all = new ArrayList<>(wrong);
        all.add(value);
        return new Field(name, sample, isRequired, List.copyOf(all), allowed);
    }
}
