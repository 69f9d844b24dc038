package org.maraudersmap.server.incidents;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.problem.Problem;

/**
 * A part of a list, newest first.
 *
 * @param count
 *            of the incidents on this page
 * @param nextCursor
 *            asks for the next page; {@code null} on the last one
 */
record IncidentPage(List<Incident> incidents, int count, @Nullable String nextCursor) {

    /** The page of at most {@code limit} that starts a list of which one more was read, if there is one. */
    static IncidentPage of(List<Incident> found, int limit) {
        if (found.size() <= limit) {
            return new IncidentPage(found, found.size(), null);
        }
        var page = List.copyOf(found.subList(0, limit));
        return new IncidentPage(page, limit, String.valueOf(page.getLast().id()));
    }

    /**
     * The last incident on the page that gave this cursor.
     *
     * @throws Problem
     *             {@code INVALID_PARAMETER} if none did
     */
    static long lastIdBefore(String cursor) {
        if (!cursor.matches("[1-9][0-9]{0,17}")) {
            throw Problem.invalidParameter("cursor", cursor, "a nextCursor of an earlier answer");
        }
        return Long.parseLong(cursor);
    }
}
