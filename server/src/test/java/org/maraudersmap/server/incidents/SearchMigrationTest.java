package org.maraudersmap.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.maraudersmap.server.platform.database.WordSearch;
import org.maraudersmap.server.support.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was there before search was made anew. */
@Isolated
class SearchMigrationTest {
    private static final int OLD_ROWS = 20_000;
    private static final String FOUND = """
            from incidents where search_vector(title || ' ' || description) @@ search_query('dungeonzz')""";

    private static void insertRows(JdbcClient jdbc, long first, long last) {
        jdbc.sql("""
                insert into incidents (id, title, description, severity, location, status, reported_by, reported_at,
                    updated_at, version)
                select n, 'Troll ' || n, case when n % 100 = 0 then 'seen in corridor/dungeonzz' else 'Nothing' end,
                    'MISCHIEF', 'HOGWARTS', 'OPEN', (select id from users limit 1), now(), now(), 1
                from generate_series(?::bigint, ?::bigint) n""").param(first).param(last).update();
    }

    private static void insertUser(JdbcClient jdbc) {
        jdbc.sql("""
                insert into users (email, handle, first_name, last_name, password_hash)
                values ('filch@hogwarts.edu', 'filch', 'Argus', 'Filch', 'x')""").update();
    }

    private static long countOfFound(JdbcClient jdbc) {
        return jdbc.sql("select count(*) " + FOUND).query((row, _) -> row.getLong(1)).single();
    }

    @Test
    void should_find_all_that_was_there_and_let_others_write_meanwhile() throws Exception {
        try (var database = new TestDatabase("13"); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var jdbc = database.jdbc();
            insertUser(jdbc);
            insertRows(jdbc, 1, OLD_ROWS);
            var isMigrated = new AtomicBoolean();
            record Writes(long last, Duration longest) {}
            Callable<Writes> writing = () -> {
                var longest = Duration.ZERO;
                var id = (long) OLD_ROWS;
                while (!isMigrated.get()) {
                    var began = System.nanoTime();
                    id++;
                    insertRows(jdbc, id, id);
                    var taken = Duration.ofNanos(System.nanoTime() - began);
                    longest = taken.compareTo(longest) > 0 ? taken : longest;
                }
                return new Writes(id, longest);
            };
            var writer = threads.submit(writing);
            var began = System.nanoTime();

            database.migrateTo("latest");

            var taken = Duration.ofNanos(System.nanoTime() - began);
            isMigrated.set(true);
            var writes = writer.get();
            System.out.printf(
                    "migration of %d rows: %d ms; %d writes meanwhile, the longest %d ms%n", OLD_ROWS,
                    taken.toMillis(), writes.last() - OLD_ROWS, writes.longest().toMillis());
            assertThat(writes.last()).isGreaterThan(OLD_ROWS + 1);
            assertThat(writes.longest()).isLessThan(Duration.ofSeconds(2));
            assertThat(countOfFound(jdbc)).isEqualTo(writes.last() / 100);
            jdbc.sql("analyze incidents").update();
            for (var typed : List.of("dungeonzz", "troll", "nowhere")) {
                var condition = new WordSearch(jdbc)
                        .describeConditionForText("incidents", "title || ' ' || description", typed);
                var plan = jdbc
                        .sql("explain select id from incidents where " + condition.sql() + " order by id desc limit 51")
                        .param(condition.parameter())
                        .query((row, _) -> row.getString(1))
                        .list();
                assertThat(String.join("\n", plan)).as(typed).contains("Bitmap Index Scan on incidents_words_idx");
            }
        }
    }

    @Test
    void should_make_the_index_anew_after_an_attempt_that_was_killed() {
        try (var database = new TestDatabase("18")) {
            var jdbc = database.jdbc();
            insertUser(jdbc);
            insertRows(jdbc, 1, 200);
            // What is left of one: an index of that name which is not valid.
            jdbc.sql("create index incidents_words_idx on incidents (id)").update();
            jdbc.sql("update pg_index set indisvalid = false where indexrelid = 'incidents_words_idx'::regclass")
                    .update();

            database.migrateTo("latest");

            assertThat(countOfFound(jdbc)).isEqualTo(2);
            assertThat(
                    jdbc.sql("""
                            select indisvalid and pg_get_indexdef(indexrelid) like '%search_vector%' from pg_index
                            where indexrelid = 'incidents_words_idx'::regclass""")
                            .query((row, _) -> row.getBoolean(1))
                            .single())
                    .isTrue();
        }
    }

    @Test
    void should_let_nodes_of_the_release_before_report_and_search() {
        try (var database = new TestDatabase("13")) {
            var jdbc = database.jdbc();
            insertUser(jdbc);
            insertRows(jdbc, 1, 100);
            database.migrateTo("latest");
            insertRows(jdbc, 101, 200);

            assertThat(
                    jdbc.sql("select count(*) from incidents where search @@ incident_search_query('troll')")
                            .query((row, _) -> row.getLong(1))
                            .single())
                    .isEqualTo(100);
            assertThat(countOfFound(jdbc)).isEqualTo(2);
        }
    }
}
