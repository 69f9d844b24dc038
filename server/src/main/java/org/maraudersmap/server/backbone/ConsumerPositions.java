package org.maraudersmap.server.backbone;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.maraudersmap.server.platform.node.Node;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each consumer has come, and what it has handled, in the table {@code consumer_positions}. */
@Repository
class ConsumerPositions {
    private static final String SELECT = """
            select position, coalesce(upper(handled) - 1, 0) as handled, resets from consumer_positions \
            where consumer = ?""";

    private final JdbcClient jdbc;
    private final Node node;

    ConsumerPositions(JdbcClient jdbc, Node node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    /**
     * Where a consumer is.
     *
     * @param position
     *            what follows is read next
     * @param highestHandled
     *            nothing above it has been handled; above {@code position} only after a reset
     * @param resets
     *            how often it has been reset
     */
    record Place(long position, long highestHandled, long resets) {}

    /** Notes a consumer of the whole cluster that has never run. */
    void createPositionIfMissing(String consumer, long position) {
        jdbc.sql("insert into consumer_positions (consumer, position) values (?, ?) on conflict do nothing")
                .param(consumer)
                .param(position)
                .update();
    }

    /** The place, locked until the transaction ends; empty while another node works with it. */
    Optional<Place> lockPlaceUnlessTaken(String consumer) {
        return findPlace(SELECT + " for update skip locked", consumer);
    }

    /** The place, locked until the transaction ends, once whoever works with it has finished. */
    Optional<Place> lockPlaceWhenFree(String consumer) {
        return findPlace(SELECT + " for update", consumer);
    }

    Optional<Place> findPlaceOfConsumer(String consumer) {
        return findPlace(SELECT, consumer);
    }

    private Optional<Place> findPlace(String sql, String consumer) {
        return jdbc.sql(sql)
                .param(consumer)
                .query((row, _) -> new Place(row.getLong("position"), row.getLong("handled"), row.getLong("resets")))
                .optional();
    }

    /** Moves on over events that have been handled, parked or passed over. */
    void movePositionOverEvents(String consumer, long from, long to) {
        jdbc.sql("""
                update consumer_positions set position = ?, updated_at = now(),
                    handled = handled + int8multirange(int8range(?, ?, '(]')) where consumer = ?""")
                .param(to)
                .param(from)
                .param(to)
                .param(consumer)
                .update();
    }

    /** Those of the positions that the consumer has handled already. */
    Set<Long> findHandledPositionsAmong(String consumer, Collection<Long> positions) {
        return jdbc.sql("""
                select each.position from consumer_positions c, unnest(?::bigint[]) as each (position)
                where c.consumer = ? and c.handled @> each.position""")
                .param(positions.toArray(Long[]::new))
                .param(consumer)
                .query((row, _) -> row.getLong(1))
                .list()
                .stream()
                .collect(Collectors.toSet());
    }

    /** Sends a consumer to another position; it still knows what it has handled. */
    void resetPositionOfConsumer(String consumer, long position) {
        jdbc.sql("""
                update consumer_positions set position = ?, resets = resets + 1, updated_at = now()
                where consumer = ?""").param(position).param(consumer).update();
    }

    /** Sends a consumer to the beginning, as if it had never run. */
    void restartConsumerFromBeginning(String consumer) {
        jdbc.sql("""
                update consumer_positions set position = 0, handled = '{}', resets = resets + 1, updated_at = now()
                where consumer = ?""").param(consumer).update();
    }

    /** Saves the position of a consumer that belongs to this node; false if it has been reset meanwhile. */
    boolean savePositionOfNode(String consumer, long position, long resets) {
        return jdbc.sql("""
                insert into consumer_positions as saved (consumer, node_id, position, resets) values (?, ?, ?, ?)
                on conflict (consumer) do update set position = excluded.position, updated_at = now()
                where saved.resets = excluded.resets""")
                .params(List.of(consumer, node.id(), position, resets))
                .update() == 1;
    }
}
