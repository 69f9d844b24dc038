package org.maraudersmap.server.audit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.maraudersmap.server.platform.problem.Problem;

/**
 * Which part of the trail is asked for; what is empty lets all pass.
 *
 * @param from
 *            what happened then or later
 * @param to
 *            what happened before
 * @param after
 *            behind this position
 * @param upTo
 *            up to this position
 * @param user
 *            who did it
 * @param types
 *            any of these
 */
record AuditFilter(
        Optional<Instant> from,
        Optional<Instant> to,
        long after,
        Optional<Long> upTo,
        Optional<UUID> user,
        List<String> types) {
    private static final Pattern TYPE = Pattern.compile("[a-z_]{1,50}(\\.[a-z_]{1,50}){1,3}");

    /**
     * Checks what a query asks for.
     *
     * @throws Problem
     *             {@code INVALID_PARAMETER}
     */
    static AuditFilter of(
            Optional<String> from,
            Optional<String> to,
            long after,
            Optional<Long> upTo,
            Optional<UUID> user,
            List<String> types) {
        requirePosition("after", after);
        upTo.ifPresent(position -> requirePosition("upTo", position));
        for (var type : types) {
            if (!TYPE.matcher(type).matches()) {
                throw Problem.invalidParameter("type", type, "a type of events such as incident.created");
            }
        }
        return new AuditFilter(
                from.map(text -> readTime("from", text)),
                to.map(text -> readTime("to", text)),
                after,
                upTo,
                user,
                types);
    }

    private static void requirePosition(String name, long position) {
        if (position < 0) {
            throw Problem.invalidParameter(name, position, "a position, 0 or more");
        }
    }

    /** PostgreSQL knows fewer years than Java. */
    private static Instant readTime(String name, String text) {
        try {
            var time = OffsetDateTime.parse(text);
            if (time.getYear() >= 1 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeParseException malformed) {
            // refused below
        }
        throw Problem.invalidParameter(name, text, "a time such as 2024-01-15T14:30:00.000Z");
    }

    AuditFilter behind(long position) {
        return new AuditFilter(from, to, Math.max(after, position), upTo, user, types);
    }

    AuditFilter upTo(long position) {
        return new AuditFilter(
                from, to, after, Optional.of(Math.min(position, upTo.orElse(position))), user, types);
    }
}
