package org.maraudersmap.server.platform.database;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds rows by what somebody types. Text and query are split wherever there is no letter and no digit, without regard
 * to case and marks, and every word of the query must begin a word of the text; a script without spaces has a word at
 * each of its characters. What has no letter and no digit, such as an emoji, is looked for as it was typed.
 *
 * <p>
 * The rule is written in SQL ({@code search_words}), so that the database keeps the indexes right by itself.
 */
@Component
public class WordSearch {
    private final JdbcClient jdbc;

    public WordSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A condition on a row.
     *
     * @param sql
     *            has one parameter
     * @param parameter
     *            its value
     */
    public record Condition(String sql, String parameter) {}

    /**
     * What a row must satisfy to be found.
     *
     * @param table
     *            has an {@code id}
     * @param searched
     *            an SQL expression, written as in the index on {@code search_vector(searched)}
     */
    public Condition describeConditionForText(String table, String searched, String typed) {
        return jdbc.sql("select search_query(?)::text as query")
                .param(typed)
                .query((row, _) -> row.getString("query") == null
                        ? new Condition("strpos(" + searched + ", ?) > 0", typed)
                        : new Condition(readOffIndex(table, searched), row.getString("query")))
                .single();
    }

    /**
     * The inner selects keep the planner from looking at the rows one by one, in the order in which they are wanted,
     * for
     * words that it takes for frequent: what a row has is not stored, so that would take seconds.
     */
    private static String readOffIndex(String table, String searched) {
        return "id = any (array (select id from " + table + " where search_vector(" + searched
                + ") @@ (select ?::tsquery)))";
    }
}
