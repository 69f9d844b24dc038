package org.maraudersmap.server.backbone;

import java.util.OptionalLong;
import org.maraudersmap.server.platform.node.Node;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each consumer has come, in the table {@code consumer_positions}. */
@Repository
class ConsumerPositions {
    private final JdbcClient jdbc;
    private final Node node;

    ConsumerPositions(JdbcClient jdbc, Node node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    /** Notes a consumer of the whole cluster that has never run. */
    void createPositionIfMissing(String consumer, long position) {
        jdbc.sql("insert into consumer_positions (consumer, position) values (?, ?) on conflict do nothing")
                .param(consumer)
                .param(position)
                .update();
    }

    /** The position, locked until the transaction ends; empty while another node works with it. */
    OptionalLong lockPositionOfConsumer(String consumer) {
        return jdbc.sql("select position from consumer_positions where consumer = ? for update skip locked")
                .param(consumer)
                .query((row, _) -> OptionalLong.of(row.getLong("position")))
                .optional()
                .orElse(OptionalLong.empty());
    }

    OptionalLong findPositionOfConsumer(String consumer) {
        return jdbc.sql("select position from consumer_positions where consumer = ?")
                .param(consumer)
                .query((row, _) -> OptionalLong.of(row.getLong("position")))
                .optional()
                .orElse(OptionalLong.empty());
    }

    void movePositionOfConsumer(String consumer, long position) {
        jdbc.sql("update consumer_positions set position = ?, updated_at = now() where consumer = ?")
                .param(position)
                .param(consumer)
                .update();
    }

    /** Saves the position of a consumer that belongs to this node. */
    void savePositionOfNode(String consumer, long position) {
        jdbc.sql(
                "insert into consumer_positions (consumer, node_id, position) values (?, ?, ?)"
                        + " on conflict (consumer) do update set position = excluded.position, updated_at = now()")
                .param(consumer)
                .param(node.id())
                .param(position)
                .update();
    }
}
