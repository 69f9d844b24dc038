package org.maraudersmap.server.analytics;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.maraudersmap.server.analytics.Counter.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code analytics_counters}. */
@Repository
class AnalyticsRepository {
    private final JdbcClient jdbc;

    AnalyticsRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(Counter counter, long amount) {}

    /** One statement for all of them. */
    void addAmountsToCounters(Map<Counter, Long> amounts) {
        if (amounts.isEmpty()) {
            return;
        }
        var counters = List.copyOf(amounts.entrySet());
        jdbc.sql("""
                insert into analytics_counters as c (kind, name, amount)
                select kind, name, amount from unnest(?::text[], ?::text[], ?::bigint[]) as changed (kind, name, amount)
                on conflict (kind, name) do update set amount = c.amount + excluded.amount""")
                .param(counters.stream().map(each -> each.getKey().kind().name()).toArray(String[]::new))
                .param(counters.stream().map(each -> each.getKey().name()).toArray(String[]::new))
                .param(counters.stream().map(Map.Entry::getValue).toArray(Long[]::new))
                .update();
    }

    /** All in one look; one that has nothing left is not there. */
    Map<Counter, Long> readAmountsOfCounters() {
        return jdbc.sql("select kind, name, amount from analytics_counters where amount <> 0")
                .query((row, _) -> new Row(
                        new Counter(Kind.valueOf(row.getString("kind")), row.getString("name")),
                        row.getLong("amount")))
                .list()
                .stream()
                .collect(Collectors.toMap(Row::counter, Row::amount));
    }

    void forgetAmountsOfCounters() {
        jdbc.sql("delete from analytics_counters").update();
    }
}
