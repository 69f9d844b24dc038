package org.maraudersmap.server.platform.node;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells which nodes have died, for whoever keeps something in their name. */
@Component
public class LostNodes {
    /** Holds the name again by then, if all that it has lost is its session in the database. */
    private static final Duration GRACE = NodeLease.CHECK_INTERVAL.plusSeconds(1);

    private final JdbcClient jdbc;
    private final Node thisNode;

    LostNodes(JdbcClient jdbc, Node thisNode) {
        this.jdbc = jdbc;
        this.thisNode = thisNode;
    }

    /**
     * Nodes that hold their names no longer (a few seconds after they have died), or have been silent for
     * {@code longestSilence}: then the network hides what has become of them. Never this one. Their names are told
     * until
     * they come back, for a week at most.
     */
    public List<String> findNodesThatAreLost(Duration longestSilence) {
        return jdbc.sql("""
                select n.node_id from nodes n
                where n.node_id <> ?
                and (n.last_seen < now() - make_interval(secs => ?)
                    or n.last_seen < now() - make_interval(secs => ?) and not exists (
                        select from pg_locks l where l.locktype = 'advisory' and l.granted
                        and l.database = (select oid from pg_database where datname = current_database())
                        and l.classid = ?::int::oid and l.objid = hashtext(n.node_id)::oid and l.objsubid = 2))""")
                .param(thisNode.id())
                .param(longestSilence.toMillis() / 1000.0)
                .param(GRACE.toMillis() / 1000.0)
                .param(NodeLease.LOCK_CLASS)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
