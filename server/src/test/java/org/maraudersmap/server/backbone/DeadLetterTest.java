package org.maraudersmap.server.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maraudersmap.server.backbone.SteppedConsumer.runUntilIdle;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.backbone.DeadLetter.State;
import org.maraudersmap.server.backbone.EventConsumer.Start;
import org.springframework.dao.DataAccessResourceFailureException;

class DeadLetterTest {
    private static final Duration LONG_ENOUGH_FOR_ANY_RETRY = Duration.ofMinutes(11);

    private final Backbone backbone = new Backbone();
    private final SteppedConsumer consumer = new SteppedConsumer(backbone, Start.BEGINNING);
    private final TransactionalConsumerRunner runner = consumer.newTransactionalRunner();
    private final Set<Integer> poison = new HashSet<>();

    @BeforeEach
    void createTableOfEffects() {
        consumer.createTableOfEffects();
        consumer.effect = this::insertEffectUnlessPoison;
    }

    @AfterEach
    void close() {
        backbone.close();
    }

    private void insertEffectUnlessPoison(PositionedEvent event) {
        consumer.insertEffect(event);
        if (poison.contains(Backbone.numberOf(event))) {
            throw new IllegalStateException("cannot handle " + Backbone.numberOf(event));
        }
    }

    private List<DeadLetter> letters() {
        return consumer.letters.listLettersBehindCursor(0, 1_000);
    }

    private List<Integer> parked() {
        return letters().stream().map(letter -> Backbone.numberOf(letter.event())).toList();
    }

    private void runAfter(Duration time) {
        consumer.clock.moveOnBy(time);
        runUntilIdle(runner);
    }

    @Test
    void should_park_a_poison_event_with_the_later_ones_of_its_key_and_go_on_with_the_others() {
        poison.add(2);
        consumer.record("a", 1, 3);
        consumer.record("b", 4, 6);
        consumer.record("a", 7, 7);
        consumer.record("c", 8, 8);

        runUntilIdle(runner);

        assertThat(consumer.effects()).containsExactly(1, 4, 5, 6, 8);
        assertThat(parked()).containsExactly(2, 3, 7);
        assertThat(letters()).extracting(DeadLetter::state)
                .containsExactly(State.RETRYING, State.WAITING, State.WAITING);
        assertThat(letters().getFirst().error()).contains("cannot handle 2");
        assertThat(consumer.positions.findPlaceOfConsumer(SteppedConsumer.NAME).orElseThrow().position()).isEqualTo(8);
    }

    @Test
    void should_retry_with_growing_pauses_and_then_go_on_in_order() {
        poison.add(1);
        consumer.record("a", 1, 3);
        runUntilIdle(runner);
        assertThat(letters().getFirst().attempts()).isEqualTo(1);

        runAfter(Duration.ofMillis(900));
        assertThat(letters().getFirst().attempts()).as("too early").isEqualTo(1);
        runAfter(Duration.ofMillis(200));
        assertThat(letters().getFirst().attempts()).isEqualTo(2);
        runAfter(Duration.ofSeconds(4));
        assertThat(letters().getFirst().attempts()).as("too early again").isEqualTo(2);

        poison.clear();
        consumer.record("a", 4, 4);
        runAfter(Duration.ofSeconds(2));

        assertThat(consumer.effects()).containsExactly(1, 2, 3, 4);
        assertThat(letters()).isEmpty();
    }

    @Test
    void should_leave_it_for_an_admin_after_the_last_attempt_and_restore_the_order_on_redrive() {
        poison.add(1);
        consumer.record("a", 1, 2);
        runUntilIdle(runner);
        for (var attempt = 0; attempt < 10; attempt++) {
            runAfter(LONG_ENOUGH_FOR_ANY_RETRY);
        }
        assertThat(letters().getFirst().state()).isEqualTo(State.DEAD);
        assertThat(letters().getFirst().attempts()).isEqualTo(6);

        poison.clear();
        runAfter(LONG_ENOUGH_FOR_ANY_RETRY);
        assertThat(consumer.effects()).as("nobody has asked for it").isEmpty();
        consumer.record("a", 3, 3);
        consumer.record("b", 4, 4);
        runUntilIdle(runner);
        assertThat(consumer.effects()).as("nothing overtakes").containsExactly(4);

        // Whichever of them is sent on its way, the first one goes first.
        var last = letters().getLast();
        assertThat(consumer.letters.redriveKeyOfLetter(last.id())).map(DeadLetter::state).contains(State.RETRYING);
        consumer.record("a", 5, 5);
        runUntilIdle(runner);

        assertThat(consumer.effects()).containsExactly(4, 1, 2, 3, 5);
        assertThat(letters()).isEmpty();
    }

    @Test
    void should_park_one_that_waits_as_soon_as_it_fails_itself() {
        poison.addAll(Set.of(1, 3));
        consumer.record("a", 1, 4);
        runUntilIdle(runner);
        poison.remove(1);

        runAfter(Duration.ofSeconds(2));
        assertThat(consumer.effects()).containsExactly(1, 2);
        assertThat(parked()).containsExactly(3, 4);
        assertThat(letters()).extracting(DeadLetter::state).containsExactly(State.RETRYING, State.WAITING);

        poison.clear();
        runAfter(Duration.ofSeconds(2));
        assertThat(consumer.effects()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void should_have_the_effect_of_a_parked_event_once_although_the_session_is_killed_before_it_is_taken_out() {
        poison.add(1);
        consumer.record("a", 1, 2);
        runUntilIdle(runner);
        consumer.effect = event -> {
            consumer.insertEffect(event);
            backbone.database.jdbc().sql("select pg_terminate_backend(pg_backend_pid())").query().singleRow();
        };
        consumer.clock.moveOnBy(Duration.ofSeconds(2));

        assertThatThrownBy(runner::takeNextStepOfConsumer).isInstanceOf(RuntimeException.class);
        assertThat(consumer.effects()).isEmpty();
        assertThat(letters().getFirst().attempts()).as("that was not its fault").isEqualTo(1);

        consumer.effect = consumer::insertEffect;
        runUntilIdle(runner);
        assertThat(consumer.effects()).containsExactly(1, 2);
    }

    @Test
    void should_pause_and_park_nothing_while_what_the_consumer_needs_is_down() {
        consumer.record("a", 1, 3);
        consumer.effect = _ -> {
            throw new IllegalStateException("no effect", new DataAccessResourceFailureException("database is down"));
        };
        for (var attempt = 0; attempt < 20; attempt++) {
            assertThatThrownBy(runner::takeNextStepOfConsumer).hasMessage("no effect");
        }
        assertThat(letters()).isEmpty();

        consumer.effect = consumer::insertEffect;
        runUntilIdle(runner);
        assertThat(consumer.effects()).containsExactly(1, 2, 3);
    }

    @Test
    void should_park_an_event_whose_statement_the_database_refuses() {
        consumer.record("a", 1, 1);
        consumer.record("b", 2, 2);
        consumer.effect = event -> {
            if (Backbone.numberOf(event) == 1) {
                backbone.database.jdbc().sql("insert into effects (number) values ('owl'::int)").update();
            }
            consumer.insertEffect(event);
        };

        runUntilIdle(runner);

        assertThat(consumer.effects()).containsExactly(2);
        assertThat(parked()).containsExactly(1);
    }

    @Test
    void should_keep_the_order_of_each_key_whatever_fails_and_whoever_runs_it() {
        var random = new Random(4711);
        var keys = List.of("a", "b", "c");
        var failing = new HashSet<Integer>();
        consumer.effect = event -> {
            consumer.insertEffect(event);
            if (failing.contains(Backbone.numberOf(event)) && random.nextInt(3) > 0) {
                throw new IllegalStateException("planted");
            }
        };
        var other = consumer.newTransactionalRunner();
        for (var number = 0; number < 300; number++) {
            if (random.nextInt(10) == 0) {
                failing.add(number);
            }
            // The number tells the key: number % 3.
            backbone.recordInTransaction(Backbone.event(keys.get(number % 3), number));
            if (random.nextInt(4) == 0) {
                backbone.sequenceEverything();
                consumer.clock.moveOnBy(Duration.ofSeconds(random.nextInt(40)));
                var _ = (random.nextBoolean() ? runner : other).takeNextStepOfConsumer();
            }
            if (random.nextInt(20) == 0) {
                letters().stream()
                        .skip(random.nextInt(3))
                        .findFirst()
                        .ifPresent(letter -> consumer.letters.redriveKeyOfLetter(letter.id()));
            }
        }
        failing.clear();
        backbone.sequenceEverything();
        letters().forEach(letter -> consumer.letters.redriveKeyOfLetter(letter.id()));
        runUntilIdle(other);

        for (var key = 0; key < 3; key++) {
            var residue = key;
            assertThat(consumer.effects().stream().filter(number -> number % 3 == residue))
                    .hasSize(100)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }
}
