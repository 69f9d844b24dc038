package org.maraudersmap.server.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.backbone.ConsumerRunner.Outcome;

class ConsumerRunnerTest {
    private final Backbone backbone = new Backbone();
    private final List<Integer> handled = new ArrayList<>();
    private Consumer<PositionedEvent> effect = event -> handled.add(Backbone.numberOf(event));

    @BeforeEach
    void createTableOfEffects() {
        backbone.database.jdbc().sql("create table effects (number int not null)").update();
    }

    @AfterEach
    void close() {
        backbone.close();
    }

    private final class TestConsumer implements EventConsumer {
        private final Start start;

        TestConsumer(Start start) {
            this.start = start;
        }

        @Override
        public String consumerName() {
            return "test-consumer";
        }

        @Override
        public Start startOfFirstRun() {
            return start;
        }

        @Override
        public boolean wantsEventsOfType(String eventType) {
            return eventType.equals("test.happened");
        }

        @Override
        public void handleEventsInOrder(List<PositionedEvent> events) {
            events.forEach(effect);
        }
    }

    private ConsumerPositions positions() {
        return new ConsumerPositions(backbone.database.jdbc(), () -> "test-node");
    }

    private TransactionalConsumerRunner transactional(EventConsumer.Start start) {
        return new TransactionalConsumerRunner(
                new TestConsumer(start), backbone.log, positions(), backbone.database.transaction(), 10);
    }

    private void insertEffect(PositionedEvent event) {
        backbone.database.jdbc().sql("insert into effects values (?)").param(Backbone.numberOf(event)).update();
    }

    private List<Integer> effects() {
        return backbone.database.jdbc().sql("select number from effects order by number")
                .query((row, _) -> row.getInt("number")).list();
    }

    private void record(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(number -> backbone.recordInTransaction(Backbone.event("a", number)));
        backbone.sequenceEverything();
    }

    private static void runUntilIdle(ConsumerRunner runner) {
        while (runner.takeNextStepOfConsumer() == Outcome.PROGRESSED) {
            // the outcome is what matters
        }
    }

    @Test
    void should_start_at_the_beginning_and_go_on_where_it_stopped() {
        record(1, 25);
        runUntilIdle(transactional(EventConsumer.Start.BEGINNING));
        assertThat(handled).containsExactlyElementsOf(IntStream.rangeClosed(1, 25).boxed().toList());

        record(26, 27);
        runUntilIdle(transactional(EventConsumer.Start.BEGINNING));
        assertThat(handled).endsWith(25, 26, 27).hasSize(27);
    }

    @Test
    void should_write_nothing_while_there_is_nothing_new() {
        record(1, 3);
        var runner = transactional(EventConsumer.Start.BEGINNING);
        runUntilIdle(runner);

        var before = numberOfNextWritingTransaction();
        for (var look = 0; look < 50; look++) {
            assertThat(runner.takeNextStepOfConsumer()).isEqualTo(Outcome.IDLE);
        }

        // The database may write something of its own meanwhile.
        assertThat(numberOfNextWritingTransaction() - before).isLessThan(10);
    }

    private long numberOfNextWritingTransaction() {
        return backbone.database.jdbc()
                .sql("select pg_current_xact_id()::text::bigint as number")
                .query((row, _) -> row.getLong("number"))
                .single();
    }

    @Test
    void should_start_at_the_head_when_it_only_passes_on() {
        record(1, 5);
        var runner = transactional(EventConsumer.Start.HEAD);
        runUntilIdle(runner);
        record(6, 7);
        runUntilIdle(runner);
        assertThat(handled).containsExactly(6, 7);
    }

    @Test
    void should_have_effects_once_although_it_fails_in_the_middle_of_a_batch() {
        record(1, 10);
        var failures = new ArrayList<Integer>();
        effect = event -> {
            insertEffect(event);
            if (Backbone.numberOf(event) == 4 && failures.size() < 3) {
                failures.add(4);
                throw new IllegalStateException("planted");
            }
        };
        var runner = transactional(EventConsumer.Start.BEGINNING);

        assertThatThrownBy(runner::takeNextStepOfConsumer).hasMessage("planted");
        assertThat(effects()).isEmpty();
        runStepsPastFailures(runner);

        assertThat(failures).hasSize(3);
        assertThat(effects()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    private static void runStepsPastFailures(ConsumerRunner runner) {
        for (var outcome = Outcome.PROGRESSED; outcome == Outcome.PROGRESSED;) {
            try {
                outcome = runner.takeNextStepOfConsumer();
            } catch (IllegalStateException planted) {
                assertThat(planted).hasMessage("planted");
            }
        }
    }

    @Test
    void should_handle_each_event_once_although_two_nodes_run_the_same_consumer() throws Exception {
        effect = this::insertEffect;
        record(1, 100);
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var nodes = IntStream.range(0, 2)
                    .mapToObj(_ -> threads.submit(() -> {
                        start.await();
                        var runner = transactional(EventConsumer.Start.BEGINNING);
                        while (effects().size() < 100) {
                            runUntilIdle(runner);
                        }
                        return null;
                    }))
                    .toList();
            start.countDown();
            for (var node : nodes) {
                node.get();
            }
        }
        assertThat(effects()).containsExactlyElementsOf(IntStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void should_go_on_from_the_saved_position_of_this_node() {
        backbone.database.jdbc().sql("insert into nodes values ('test-node', now())").update();
        record(1, 5);
        var first = new NodeConsumerRunner(
                new TestConsumer(EventConsumer.Start.HEAD), backbone.log, positions(), 10);
        runUntilIdle(first);
        record(6, 8);
        runUntilIdle(first);
        first.savePositionIfMoved();
        record(9, 9);

        runUntilIdle(
                new NodeConsumerRunner(new TestConsumer(EventConsumer.Start.HEAD), backbone.log, positions(), 10));

        assertThat(handled).containsExactly(6, 7, 8, 9);
    }

    @Test
    void should_read_from_the_database_what_is_no_longer_in_memory() {
        record(1, 5);
        var reread = new PostgresEventLog(backbone.database.jdbc(), backbone.json);
        assertThat(reread.readAfter(2, 2)).extracting(Backbone::numberOf).containsExactly(3, 4);
        assertThat(reread.readAfter(5, 10)).isEmpty();
    }
}
