package org.maraudersmap.server.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventsGoneException;
import org.maraudersmap.eventlog.PositionedEvent;

/** What only this log does; what every log does is in {@link PostgresEventLogContractTest}. */
class PostgresEventLogTest {
    private final Backbone backbone = new Backbone();

    @AfterEach
    void close() {
        backbone.close();
    }

    @Test
    void should_read_from_the_database_what_another_node_wrote() {
        backbone.recordInTransaction(Backbone.event("a", 1), Backbone.event("a", 2), Backbone.event("a", 3));
        var otherNode = new PostgresEventLog(backbone.database.jdbc(), backbone.json);
        backbone.sequenceEverything();

        assertThat(otherNode.head().position()).isZero();
        otherNode.refreshHeadFromDatabase();

        assertThat(otherNode.readAfter(1, 10)).extracting(Backbone::numberOf).containsExactly(2, 3);
    }

    @Test
    void should_have_its_head_at_or_past_everything_that_was_read() {
        backbone.recordInTransaction(Backbone.event("a", 1));
        backbone.sequenceEverything();
        var otherNode = new PostgresEventLog(backbone.database.jdbc(), backbone.json);
        backbone.recordInTransaction(Backbone.event("a", 2));
        backbone.sequenceEverything();
        assertThat(otherNode.head().position()).isEqualTo(1);

        var last = otherNode.readAfter(0, 10).getLast().position();

        assertThat(otherNode.head().position()).isEqualTo(last);
    }

    @Test
    void should_ask_the_database_for_the_head() {
        var otherNode = new PostgresEventLog(backbone.database.jdbc(), backbone.json);
        backbone.recordInTransaction(Backbone.event("a", 1));
        backbone.sequenceEverything();

        assertThat(otherNode.head().position()).isZero();
        assertThat(otherNode.askForHead().position()).isEqualTo(1);
        assertThat(otherNode.head().position()).isEqualTo(1);
    }

    @Test
    void should_join_what_is_in_memory_and_what_is_not() {
        backbone.recordInTransaction(Backbone.event("a", 1), Backbone.event("a", 2));
        var otherNode = new PostgresEventLog(backbone.database.jdbc(), backbone.json);
        backbone.sequenceEverything();
        otherNode.refreshHeadFromDatabase();
        backbone.recordInTransaction(Backbone.event("a", 3));
        otherNode.acceptEventsFromSequencer(backbone.sequenceEverything());

        assertThat(otherNode.readAfter(0, 10)).extracting(PositionedEvent::position).containsExactly(1L, 2L, 3L);
        assertThat(otherNode.readAfter(2, 10)).extracting(PositionedEvent::position).containsExactly(3L);
    }

    @Test
    void should_say_that_events_are_gone_rather_than_skip_them() {
        for (var number = 1; number <= 3; number++) {
            backbone.recordInTransaction(Backbone.event("a", number));
        }
        backbone.sequenceEverything();
        backbone.database.jdbc().sql("delete from event_log where position <= 2").update();
        var log = new PostgresEventLog(backbone.database.jdbc(), backbone.json);

        assertThatThrownBy(() -> log.readAfter(0, 10)).isInstanceOfSatisfying(
                EventsGoneException.class,
                gone -> assertThat(gone.oldestPosition()).isEqualTo(3));
        assertThat(log.readAfter(2, 10)).extracting(PositionedEvent::position).containsExactly(3L);
    }

    @Test
    void should_start_a_new_life_with_a_new_epoch() {
        backbone.recordInTransaction(Backbone.event("a", 1));
        backbone.sequenceEverything();
        backbone.database.jdbc().sql("update event_log_head set epoch = 'restored', position = 0").update();
        backbone.database.jdbc().sql("delete from event_log").update();

        backbone.log.refreshHeadFromDatabase();

        assertThat(backbone.log.head().epoch()).isEqualTo("restored");
        assertThat(backbone.log.head().position()).isZero();
        assertThat(backbone.log.readAfter(0, 10)).isEmpty();
    }
}
