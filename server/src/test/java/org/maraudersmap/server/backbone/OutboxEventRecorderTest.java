package org.maraudersmap.server.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.EventRecorder;
import org.maraudersmap.eventlog.contract.EventRecorderContract;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;

class OutboxEventRecorderTest extends EventRecorderContract {
    private static final Backbone backbone = new Backbone();

    @Override
    protected EventRecorder recorder() {
        return backbone.recorder;
    }

    @Override
    protected void runInTransaction(Runnable work) {
        backbone.database.transaction().executeWithoutResult(_ -> work.run());
    }

    @Override
    protected List<EventEnvelope> recordedEvents(String topic, String key) {
        return backbone.database.jdbc()
                .sql("select envelope from outbox where topic = ? and key = ? order by id")
                .param(topic)
                .param(key)
                .query((row, _) -> backbone.json.read(row.getString("envelope")))
                .list();
    }

    @AfterAll
    static void close() {
        backbone.close();
    }

    @Test
    void should_change_state_and_record_its_event_in_one_statement() throws InterruptedException {
        backbone.database.jdbc().sql("create table things (id int primary key)").update();

        backbone.recorder.recordEventWithStatement(Backbone.event("thing", 7), "insert into things values (?)", 7);

        assertThat(recordedEvents("incident-events", "thing")).hasSize(1);
        assertThat(backbone.database.jdbc().sql("select count(*) from things").query(Long.class).single()).isEqualTo(1);
        assertThat(backbone.bell.waitForRing(0)).isTrue();
    }

    @Test
    void should_record_no_event_of_what_has_not_happened() {
        backbone.database.jdbc().sql("create table missing_things (id int primary key, name text)").update();

        assertThatThrownBy(
                () -> backbone.recorder.recordEventWithStatement(
                        Backbone.event("missing", 7),
                        "update missing_things set name = ? where id = ?",
                        "x",
                        7))
                .isInstanceOf(IncorrectResultSizeDataAccessException.class)
                .hasMessageContaining("missing_things");
        assertThat(recordedEvents("incident-events", "missing")).isEmpty();
    }

    @Test
    void should_record_no_event_when_the_statement_fails() {
        backbone.database.jdbc().sql("create table unique_things (id int primary key)").update();
        backbone.recorder.recordEventWithStatement(Backbone.event("first", 7), "insert into unique_things values (?)",
                7);

        assertThatThrownBy(
                () -> backbone.recorder.recordEventWithStatement(
                        Backbone.event("second", 7),
                        "insert into unique_things values (?)",
                        7))
                .isInstanceOf(DuplicateKeyException.class);

        assertThat(recordedEvents("incident-events", "second")).isEmpty();
    }

    @Test
    void should_change_several_rows_and_record_the_event_of_each() throws InterruptedException {
        backbone.database.jdbc().sql("create table counted_things (id text primary key)").update();
        var prepared = Stream.of("one", "two")
                .map(key -> backbone.recorder.prepareEventForOutbox(Backbone.event(key, 7)))
                .toList();

        backbone.recorder.recordEventsWithStatement(
                prepared,
                "insert into counted_things select unnest(?::text[]) returning id as key",
                (Object) new String[]{"two", "one"});

        assertThat(recordedEvents("incident-events", "one")).hasSize(1);
        assertThat(recordedEvents("incident-events", "two")).hasSize(1);
        assertThat(backbone.bell.waitForRing(0)).isTrue();
    }

    @Test
    void should_record_no_event_of_a_row_that_was_not_changed() {
        backbone.database.jdbc().sql("create table few_things (id text primary key)").update();
        backbone.database.jdbc().sql("insert into few_things values ('there')").update();
        var prepared = Stream.of("there", "gone")
                .map(key -> backbone.recorder.prepareEventForOutbox(Backbone.event(key, 7)))
                .toList();

        assertThatThrownBy(
                () -> backbone.recorder.recordEventsWithStatement(
                        prepared,
                        "delete from few_things where id = any(?) returning id as key",
                        (Object) new String[]{"there", "gone"}))
                .isInstanceOf(IncorrectResultSizeDataAccessException.class)
                .hasMessageContaining("few_things");
        assertThat(recordedEvents("incident-events", "there")).hasSize(1);
        assertThat(recordedEvents("incident-events", "gone")).isEmpty();
    }

    @Test
    void should_ring_only_after_the_commit() {
        var _ = rings();
        backbone.database.transaction().executeWithoutResult(_ -> {
            backbone.recorder.record(Backbone.event("a", 1));
            assertThat(rings()).isFalse();
        });
        assertThat(rings()).isTrue();
    }

    private boolean rings() {
        try {
            return backbone.bell.waitForRing(0);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
