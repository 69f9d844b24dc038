package org.maraudersmap.server.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maraudersmap.server.backbone.SteppedConsumer.runUntilIdle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.backbone.ConsumerRunner.Outcome;
import org.maraudersmap.server.backbone.EventConsumer.Start;

class ConsumerRunnerTest {
    private final Backbone backbone = new Backbone();
    private final SteppedConsumer consumer = new SteppedConsumer(backbone, Start.BEGINNING);

    @BeforeEach
    void createTableOfEffects() {
        consumer.createTableOfEffects();
    }

    @AfterEach
    void close() {
        backbone.close();
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void should_start_at_the_beginning_and_go_on_where_it_stopped() {
        consumer.record("a", 1, 25);
        runUntilIdle(consumer.newTransactionalRunner());
        assertThat(consumer.handled).containsExactlyElementsOf(numbers(1, 25));

        consumer.record("a", 26, 27);
        runUntilIdle(consumer.newTransactionalRunner());
        assertThat(consumer.handled).endsWith(25, 26, 27).hasSize(27);
    }

    @Test
    void should_write_nothing_while_there_is_nothing_new() {
        consumer.record("a", 1, 3);
        var runner = consumer.newTransactionalRunner();
        runUntilIdle(runner);

        var before = writtenVersionsOfPositions();
        for (var look = 0; look < 50; look++) {
            assertThat(runner.takeNextStepOfConsumer()).isEqualTo(Outcome.IDLE);
        }

        assertThat(writtenVersionsOfPositions()).isEqualTo(before);
    }

    /** Changes with every write, whatever it writes; transactions are counted for all databases of the server. */
    private String writtenVersionsOfPositions() {
        return backbone.database.jdbc()
                .sql("select string_agg(xmin::text || ctid::text, ' ' order by consumer) from consumer_positions")
                .query((row, _) -> row.getString(1))
                .single();
    }

    @Test
    void should_start_at_the_head_when_it_only_passes_on() {
        consumer.record("a", 1, 5);
        var passingOn = new SteppedConsumer(backbone, Start.HEAD);
        var runner = passingOn.newTransactionalRunner();
        runUntilIdle(runner);
        passingOn.record("a", 6, 7);
        runUntilIdle(runner);
        assertThat(passingOn.handled).containsExactly(6, 7);
    }

    @Test
    void should_have_effects_once_although_its_database_session_is_killed_between_effect_and_position() {
        consumer.record("a", 1, 10);
        var kills = new ArrayList<Integer>();
        consumer.effect = event -> {
            consumer.insertEffect(event);
            if (Backbone.numberOf(event) == 4 && kills.size() < 3) {
                kills.add(4);
                backbone.database.jdbc().sql("select pg_terminate_backend(pg_backend_pid())").query().singleRow();
            }
        };
        var runner = consumer.newTransactionalRunner();

        for (var kill = 1; kill <= 3; kill++) {
            assertThatThrownBy(runner::takeNextStepOfConsumer).as("it pauses").isInstanceOf(RuntimeException.class);
            assertThat(consumer.effects()).isEmpty();
        }
        runUntilIdle(runner);

        assertThat(consumer.effects()).containsExactlyElementsOf(numbers(1, 10));
        assertThat(consumer.letters.listLettersBehindCursor(0, 10)).isEmpty();
    }

    @Test
    void should_handle_each_event_once_although_two_nodes_run_the_same_consumer() throws Exception {
        consumer.effect = consumer::insertEffect;
        consumer.record("a", 1, 100);
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var nodes = IntStream.range(0, 2)
                    .mapToObj(_ -> threads.submit(() -> {
                        start.await();
                        var runner = consumer.newTransactionalRunner();
                        while (consumer.effects().size() < 100) {
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
        assertThat(consumer.effects()).containsExactlyElementsOf(numbers(1, 100));
    }

    private SteppedConsumer consumerOfThisNode() {
        backbone.database.jdbc().sql("insert into nodes values ('test-node', now())").update();
        return new SteppedConsumer(backbone, Start.HEAD);
    }

    @Test
    void should_go_on_from_the_saved_position_of_this_node() {
        var ofNode = consumerOfThisNode();
        ofNode.record("a", 1, 5);
        var first = ofNode.newNodeRunner();
        runUntilIdle(first);
        ofNode.record("a", 6, 8);
        runUntilIdle(first);
        first.savePositionIfMoved();
        ofNode.record("a", 9, 9);

        runUntilIdle(ofNode.newNodeRunner());

        assertThat(ofNode.handled).containsExactly(6, 7, 8, 9);
    }

    @Test
    void should_pass_over_what_a_consumer_of_a_node_cannot_handle() {
        var ofNode = consumerOfThisNode();
        var runner = ofNode.newNodeRunner();
        runUntilIdle(runner);
        var attempts = new ArrayList<Integer>();
        ofNode.effect = event -> {
            if (Backbone.numberOf(event) == 2) {
                attempts.add(2);
                throw new IllegalStateException("planted");
            }
            ofNode.handled.add(Backbone.numberOf(event));
        };
        ofNode.record("a", 2, 4);

        runPastFailures(runner);

        assertThat(ofNode.handled).containsExactly(3, 4);
        assertThat(attempts).as("one with the batch, three alone").hasSize(4);
    }

    private static void runPastFailures(ConsumerRunner runner) {
        for (var outcome = Outcome.PROGRESSED; outcome == Outcome.PROGRESSED;) {
            try {
                outcome = runner.takeNextStepOfConsumer();
            } catch (IllegalStateException planted) {
                assertThat(planted).hasMessage("planted");
            }
        }
    }

    @Test
    void should_repeat_nothing_when_a_consumer_of_a_node_is_reset() {
        var ofNode = consumerOfThisNode();
        var runner = ofNode.newNodeRunner();
        runUntilIdle(runner);
        ofNode.record("a", 1, 20);
        runUntilIdle(runner);
        runner.savePositionIfMoved();

        ofNode.positions.resetPositionOfConsumer(SteppedConsumer.NAME, 3);
        runner.savePositionIfMoved();
        ofNode.record("a", 21, 22);
        runUntilIdle(runner);
        runner.savePositionIfMoved();

        assertThat(ofNode.handled).containsExactlyElementsOf(numbers(1, 22));
        assertThat(ofNode.positions.findPlaceOfConsumer(SteppedConsumer.NAME).orElseThrow().position()).isEqualTo(22);
    }

    @Test
    void should_handle_after_a_reset_only_what_it_has_not_handled() {
        consumer.record("a", 1, 10);
        var runner = consumer.newTransactionalRunner();
        runUntilIdle(runner);
        consumer.record("a", 11, 30);
        consumer.positions.resetPositionOfConsumer(SteppedConsumer.NAME, 25);
        runUntilIdle(runner);
        assertThat(consumer.handled).as("sent ahead").endsWith(10, 26, 27, 28, 29, 30).hasSize(15);

        consumer.positions.resetPositionOfConsumer(SteppedConsumer.NAME, 0);
        runUntilIdle(runner);

        assertThat(consumer.handled.subList(15, consumer.handled.size()))
                .as("sent back: what it has been sent past, and nothing again")
                .containsExactlyElementsOf(numbers(11, 25));
    }

    @Test
    void should_read_from_the_database_what_is_no_longer_in_memory() {
        consumer.record("a", 1, 5);
        var reread = new PostgresEventLog(backbone.database.jdbc(), backbone.json);
        assertThat(reread.readAfter(2, 2)).extracting(Backbone::numberOf).containsExactly(3, 4);
        assertThat(reread.readAfter(5, 10)).isEmpty();
    }
}
