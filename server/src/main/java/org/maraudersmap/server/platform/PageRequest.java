package org.maraudersmap.server.platform;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.problem.Problem;

/**
 * Which part of a list is asked for, where the list is in the order of a number that its rows have. A cursor is the
 * number of the last row on the page before.
 *
 * @param limit
 *            how many rows at most
 * @param lastSeen
 *            the page begins behind this row; empty for the first page
 */
public record PageRequest(int limit, Optional<Long> lastSeen) {
    private static final int LARGEST_PAGE = 200;

    /**
     * A part of a list.
     *
     * @param nextCursor
     *            asks for the next page; {@code null} on the last one
     */
    public record Page<T>(List<T> rows, @Nullable String nextCursor) {}

    /**
     * The page that a query's {@code limit} and {@code cursor} ask for; an empty cursor counts as none.
     *
     * @throws Problem
     *             {@code INVALID_PARAMETER}
     */
    public static PageRequest of(int limit, Optional<String> cursor) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw Problem.invalidParameter("limit", limit, "from 1 to " + LARGEST_PAGE);
        }
        return new PageRequest(limit, cursor.filter(text -> !text.isEmpty()).map(PageRequest::readCursor));
    }

    private static long readCursor(String cursor) {
        if (!cursor.matches("[1-9][0-9]{0,17}")) {
            throw Problem.invalidParameter("cursor", cursor, "a nextCursor of an earlier answer");
        }
        return Long.parseLong(cursor);
    }

    /** How many rows to read: one more than the page holds tells whether there is another page. */
    public int rowsToRead() {
        return limit + 1;
    }

    /** The page at the start of the rows that were read. */
    public <T> Page<T> cut(List<T> read, ToLongFunction<T> number) {
        if (read.size() <= limit) {
            return new Page<>(read, null);
        }
        var rows = List.copyOf(read.subList(0, limit));
        return new Page<>(rows, String.valueOf(number.applyAsLong(rows.getLast())));
    }
}
