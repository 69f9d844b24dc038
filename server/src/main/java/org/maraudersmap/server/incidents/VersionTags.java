package org.maraudersmap.server.incidents;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;

/**
 * What a client says in {@code If-Match}: the versions that it is ready to change. An incident's entity tag is its
 * version in quotes.
 *
 * @param any
 *            whether every version will do, as with {@code *} or without the header
 */
record VersionTags(boolean any, Set<String> tags) {
    /** An element of a list (RFC 9110, section 5.6.1), which may be empty; what is in quotes may hold commas. */
    private static final Pattern ELEMENT = Pattern
            .compile("\\G[ \\t]*(?:(?:W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"[ \\t]*)?(?:,|$)");

    /** For requests without the header. */
    static VersionTags every() {
        return new VersionTags(true, Set.of());
    }

    /**
     * Reads the header. A weak tag counts like a strong one: only a proxy on the way can have weakened it (nginx does
     * when it compresses), and it still names one version.
     *
     * @throws Problem
     *             {@code INVALID_PARAMETER} if it is no list of entity tags
     */
    static VersionTags parse(String header) {
        var text = header.strip();
        if (text.equals("*")) {
            return every();
        }
        var tags = new HashSet<String>();
        var element = ELEMENT.matcher(text);
        var end = 0;
        while (end < text.length() && element.find()) {
            Optional.ofNullable(element.group(1)).ifPresent(tags::add);
            end = element.end();
        }
        if (tags.isEmpty() || end < text.length()) {
            throw Problem.invalidParameter("If-Match", text, "* or entity tags such as \"3\"");
        }
        return new VersionTags(false, tags);
    }

    /** The entity tag of an incident. */
    static String tagOf(Incident incident) {
        return "\"" + incident.version() + "\"";
    }

    /**
     * Lets go on who knows the incident as it is.
     *
     * @throws Problem
     *             {@code STALE_VERSION}
     */
    void requireVersionOf(Incident incident) {
        if (!any && !tags.contains(String.valueOf(incident.version()))) {
            throw Problem.of(
                    ProblemCode.STALE_VERSION,
                    "Incident " + incident.id() + " is at version " + incident.version()
                            + " by now; read it again and decide anew.");
        }
    }
}
