package org.maraudersmap.server.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.PositionedEvent;

class SequencerTest {
    private final Backbone backbone = new Backbone();

    @AfterEach
    void close() {
        backbone.close();
    }

    @Test
    void should_give_positions_from_one_without_gap() {
        backbone.recordInTransaction(Backbone.event("a", 1), Backbone.event("b", 2));
        backbone.recordInTransaction(Backbone.event("a", 3));

        var sequenced = backbone.sequenceEverything();

        assertThat(sequenced).extracting(PositionedEvent::position).containsExactly(1L, 2L, 3L);
        assertThat(sequenced).extracting(Backbone::numberOf).containsExactly(1, 2, 3);
        assertThat(backbone.log.head().position()).isEqualTo(3);
        assertThat(outboxSize()).isZero();
    }

    @Test
    void should_not_skip_an_event_whose_transaction_commits_late() throws Exception {
        var recorded = new CountDownLatch(1);
        var mayCommit = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var late = threads.submit(
                    (Callable<Void>) () -> backbone.database.transaction().execute(_ -> {
                        backbone.recorder.record(Backbone.event("late", 1));
                        recorded.countDown();
                        awaitLatch(mayCommit);
                        return null;
                    }));
            recorded.await();
            backbone.recordInTransaction(Backbone.event("early", 2));

            assertThat(backbone.sequenceEverything()).extracting(Backbone::numberOf).containsExactly(2);
            assertThat(backbone.sequenceEverything()).isEmpty();

            mayCommit.countDown();
            late.get();
        }
        var afterwards = backbone.sequenceEverything();
        assertThat(afterwards).extracting(Backbone::numberOf).containsExactly(1);
        assertThat(afterwards).extracting(PositionedEvent::position).containsExactly(2L);
    }

    @Test
    void should_use_up_no_position_for_what_is_rolled_back() {
        backbone.database.transaction().executeWithoutResult(status -> {
            backbone.recorder.record(Backbone.event("a", 1));
            status.setRollbackOnly();
        });
        backbone.recordInTransaction(Backbone.event("a", 2));

        var sequenced = backbone.sequenceEverything();

        assertThat(sequenced).extracting(Backbone::numberOf).containsExactly(2);
        assertThat(sequenced).extracting(PositionedEvent::position).containsExactly(1L);
    }

    @Test
    void should_keep_order_of_each_key_and_lose_nothing_while_many_write() throws Exception {
        var writers = 8;
        var perWriter = 60;
        backbone.database.jdbc().sql("create table keys (key text primary key, number int not null)").update();
        for (var key = 0; key < 4; key++) {
            backbone.database.jdbc().sql("insert into keys values (?, 0)").param("key-" + key).update();
        }
        var sequenced = new ArrayList<PositionedEvent>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<java.util.concurrent.Future<?>>();
            for (var writer = 0; writer < writers; writer++) {
                var random = new Random(writer);
                work.add(threads.submit(() -> {
                    for (var event = 0; event < perWriter; event++) {
                        countUpAndRecord("key-" + random.nextInt(4), random.nextInt(10) == 0);
                    }
                }));
            }
            while (!work.stream().allMatch(java.util.concurrent.Future::isDone)) {
                sequenced.addAll(backbone.sequenceEverything());
            }
            for (var each : work) {
                each.get();
            }
        }
        sequenced.addAll(backbone.sequenceEverything());

        assertThat(sequenced).extracting(PositionedEvent::position)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, sequenced.size()).boxed().toList());
        var last = new HashMap<String, Integer>();
        for (var event : sequenced) {
            assertThat(Backbone.numberOf(event)).isEqualTo(last.getOrDefault(event.key(), 0) + 1);
            last.put(event.key(), Backbone.numberOf(event));
        }
        for (var entry : last.entrySet()) {
            var counted = backbone.database.jdbc()
                    .sql("select number from keys where key = ?")
                    .param(entry.getKey())
                    .query(Integer.class)
                    .single();
            assertThat(entry.getValue()).isEqualTo(counted);
        }
    }

    /** As a command does it: lock the row of the key, change it, record. */
    private void countUpAndRecord(String key, boolean rollBack) {
        backbone.database.transaction().executeWithoutResult(status -> {
            var jdbc = backbone.database.jdbc();
            var number = jdbc.sql("select number from keys where key = ? for update").param(key).query(Integer.class)
                    .single() + 1;
            jdbc.sql("update keys set number = ? where key = ?").param(number).param(key).update();
            backbone.recorder.record(Backbone.event(key, number));
            if (rollBack) {
                status.setRollbackOnly();
            }
        });
    }

    @Test
    void should_move_more_than_one_batch_in_order() {
        try (var small = new Backbone(10)) {
            for (var number = 1; number <= 35; number++) {
                small.recordInTransaction(Backbone.event("a", number));
            }
            assertThat(small.sequenceEverything()).extracting(Backbone::numberOf)
                    .containsExactlyElementsOf(java.util.stream.IntStream.rangeClosed(1, 35).boxed().toList());
        }
    }

    @Test
    void should_let_only_one_connection_sequence_and_the_next_go_on_where_it_stopped() throws SQLException {
        var source = backbone.database.source();
        backbone.recordInTransaction(Backbone.event("a", 1));
        try (var first = source.getConnection(); var second = source.getConnection()) {
            assertThat(backbone.sequencer.tryBecomeOnlySequencer(first)).isTrue();
            assertThat(backbone.sequencer.tryBecomeOnlySequencer(second)).isFalse();
            backbone.sequenceEverything(first);
            backbone.sequencer.resignAsOnlySequencer(first);
            assertThat(backbone.sequencer.tryBecomeOnlySequencer(second)).isTrue();

            backbone.recordInTransaction(Backbone.event("a", 2));
            assertThat(backbone.sequenceEverything(second)).extracting(PositionedEvent::position).containsExactly(2L);
            backbone.sequencer.resignAsOnlySequencer(second);
        }
    }

    @Test
    void should_take_the_lock_from_a_sequencer_that_is_silent_which_then_can_write_no_more() throws SQLException {
        var source = backbone.database.source();
        var silence = Duration.ofMillis(200);
        try (var frozen = source.getConnection(); var next = source.getConnection()) {
            assertThat(backbone.sequencer.tryBecomeOnlySequencer(frozen)).isTrue();
            backbone.recordInTransaction(Backbone.event("a", 1));
            backbone.sequenceEverything(frozen);
            assertThat(backbone.sequencer.replaceSequencerThatIsSilent(next, Duration.ofMinutes(1))).isFalse();

            await().until(() -> backbone.sequencer.replaceSequencerThatIsSilent(next, silence));
            await().until(() -> backbone.sequencer.tryBecomeOnlySequencer(next));
            backbone.recordInTransaction(Backbone.event("a", 2), Backbone.event("a", 3));

            assertThatThrownBy(() -> backbone.sequencer.moveNextBatchToLog(frozen)).isInstanceOf(SQLException.class);
            assertThat(outboxSize()).isEqualTo(2);
            assertThat(backbone.sequenceEverything(next)).extracting(PositionedEvent::position)
                    .containsExactly(2L, 3L);
            backbone.sequencer.resignAsOnlySequencer(next);
        }
    }

    @Test
    void should_refuse_to_record_outside_a_transaction() {
        assertThatThrownBy(() -> backbone.recorder.record(List.of(Backbone.event("a", 1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
        assertThat(outboxSize()).isZero();
    }

    private long outboxSize() {
        return backbone.database.jdbc().sql("select count(*) from outbox").query(Long.class).single();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
