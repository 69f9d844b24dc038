package org.maraudersmap.server.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.iggy.EmptyLog;
import org.maraudersmap.eventlog.iggy.IggyStandIn;
import org.maraudersmap.eventlog.iggy.IggyStandIn.Fault;
import org.maraudersmap.server.platform.database.DedicatedConnections;
import org.maraudersmap.server.platform.work.WorkLoops;

/**
 * Whatever happens to the broker: every event takes effect once and in order, at a consumer and at whoever reads the
 * broker alone. At length with {@code -Dfaults.rounds=200}.
 */
class RelayFaultsTest {
    private static final int ROUNDS = Integer.getInteger("faults.rounds", 15);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final String STREAM = "marauders-map";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> TOPICS = List.of("incident-events", "presence-events", "auth-events");

    private final Random random = new Random(SEED);
    private final Backbone backbone = new Backbone();
    private final IggyStandIn server = new IggyStandIn();
    private int recorded;

    @AfterEach
    void close() {
        server.close();
        backbone.close();
    }

    /** A node as far as the broker is concerned: its log, its relay, and a consumer with effects in the database. */
    private final class TestNode {
        private final BrokerEventLog log = server.openLog(STREAM, backbone.log);
        private final RelayDriver relay = new RelayDriver(
                new Relay(backbone.log, log, Clock.systemUTC(), 50),
                backbone.log,
                new DedicatedConnections(backbone.database.source()),
                new WorkLoops(_ -> false, new SimpleMeterRegistry()),
                Duration.ofMillis(10));
        private volatile boolean stopped;
        private final Thread consumer = Thread.ofVirtual().unstarted(this::consume);

        TestNode() {
            relay.start();
            consumer.start();
        }

        private void consume() {
            while (!stopped) {
                var handled = backbone.database.transaction().execute(_ -> {
                    var position = backbone.database.jdbc()
                            .sql("select position from test_consumer for update")
                            .query(Long.class)
                            .single();
                    var events = log.readAfter(position, 20);
                    events.forEach(this::takeEffect);
                    return events.size();
                });
                if (handled == 0) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }

        private void takeEffect(PositionedEvent event) {
            var jdbc = backbone.database.jdbc();
            jdbc.sql("insert into effects (number) values (?)").param(Backbone.numberOf(event)).update();
            jdbc.sql("update test_consumer set position = ?").param(event.position()).update();
        }

        void end() throws InterruptedException {
            stopped = true;
            consumer.join();
            relay.stop();
            log.close();
        }
    }

    private void record(int events) {
        for (var n = 0; n < events; n++) {
            recorded++;
            var topic = TOPICS.get(random.nextInt(10) == 0 ? 2 : random.nextInt(2));
            backbone.recordInTransaction(Backbone.event(topic, "42", recorded));
            if (random.nextInt(5) == 0) {
                backbone.sequenceEverything();
            }
        }
        backbone.sequenceEverything();
    }

    private Function<Integer, Fault> faultsNowAndThen() {
        var kinds = Fault.values();
        var chooser = new Random(random.nextLong());
        var oneIn = 2 + random.nextInt(20);
        return _ -> {
            synchronized (chooser) {
                return chooser.nextInt(oneIn) == 0 ? kinds[chooser.nextInt(kinds.length)] : Fault.NONE;
            }
        };
    }

    @Test
    void should_lose_nothing_double_nothing_and_keep_order_whatever_the_broker_does() throws InterruptedException {
        backbone.database.jdbc()
                .sql("create table effects (id bigint generated always as identity, number int not null)")
                .update();
        backbone.database.jdbc().sql("create table test_consumer as select 0::bigint as position").update();
        var node = new TestNode();
        try {
            for (var round = 0; round < ROUNDS; round++) {
                switch (random.nextInt(6)) {
                    case 0 -> server.restartWithoutNewest(random.nextInt(30));
                    case 1 -> {
                        server.stop();
                        record(20);
                        server.loseNewest(random.nextInt(30));
                        server.start();
                    }
                    case 2 -> {
                        record(10);
                        node.end();
                        node = new TestNode();
                    }
                    default -> {
                        server.failAs(faultsNowAndThen());
                        record(40);
                        server.recover();
                    }
                }
                record(10);
            }
            awaitThatEverythingHasTakenEffectOnce();
        } finally {
            node.end();
        }
    }

    private void awaitThatEverythingHasTakenEffectOnce() {
        var expected = IntStream.rangeClosed(1, recorded).boxed().toList();
        await("seed " + SEED).atMost(PATIENCE).until(() -> effects().size() >= recorded);
        assertThat(effects()).as("effects, seed " + SEED).isEqualTo(expected);

        var reader = server.openLog(STREAM, new EmptyLog(backbone.log.head().epoch()));
        try (reader) {
            await("seed " + SEED).atMost(PATIENCE).until(() -> reader.head().position() >= recorded);
            var numbers = new ArrayList<Integer>();
            for (var page = reader.readAfter(0, 500); !page.isEmpty(); page = reader.readAfter(numbers.size(), 500)) {
                page.forEach(event -> numbers.add(Backbone.numberOf(event)));
            }
            assertThat(numbers).as("at the broker, seed " + SEED).isEqualTo(expected);
        }
        assertThat(effects()).as("effects, seed " + SEED).isEqualTo(expected);
    }

    private List<Integer> effects() {
        return backbone.database.jdbc()
                .sql("select number from effects order by id")
                .query((row, _) -> row.getInt("number"))
                .list();
    }
}
