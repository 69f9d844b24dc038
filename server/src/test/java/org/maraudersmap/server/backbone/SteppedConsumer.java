package org.maraudersmap.server.backbone;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.backbone.ConsumerRunner.Outcome;
import org.maraudersmap.server.support.MovableClock;

/**
 * A consumer of test events whose effect the test sets, and what runs it. By default it notes the numbers in memory;
 * {@link #insertEffect} notes them in a table.
 */
final class SteppedConsumer implements EventConsumer {
    static final String NAME = "test-consumer";

    final MovableClock clock = new MovableClock();
    final List<Integer> handled = new ArrayList<>();
    final DeadLetters letters;
    final ConsumerPositions positions;
    Consumer<PositionedEvent> effect = event -> handled.add(Backbone.numberOf(event));
    private final Backbone backbone;
    private final Start start;

    SteppedConsumer(Backbone backbone, Start start) {
        this.backbone = backbone;
        this.start = start;
        this.letters = new DeadLetters(backbone.database.jdbc(), backbone.json, clock);
        this.positions = new ConsumerPositions(backbone.database.jdbc(), () -> "test-node");
    }

    @Override
    public String consumerName() {
        return NAME;
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

    /** As after a start of the application. */
    TransactionalConsumerRunner newTransactionalRunner() {
        return new TransactionalConsumerRunner(
                this, backbone.log, positions, letters, backbone.database.transaction(), 10);
    }

    NodeConsumerRunner newNodeRunner() {
        return new NodeConsumerRunner(this, backbone.log, positions, 10);
    }

    static void runUntilIdle(ConsumerRunner runner) {
        while (runner.takeNextStepOfConsumer() == Outcome.PROGRESSED) {
            // the outcome is what matters
        }
    }

    void createTableOfEffects() {
        backbone.database.jdbc().sql("create table effects (place int generated always as identity, number int)")
                .update();
    }

    void insertEffect(PositionedEvent event) {
        backbone.database.jdbc()
                .sql("insert into effects (number) values (?)")
                .param(Backbone.numberOf(event))
                .update();
    }

    /** In the order in which they happened. */
    List<Integer> effects() {
        return backbone.database.jdbc()
                .sql("select number from effects order by place")
                .query((row, _) -> row.getInt("number"))
                .list();
    }

    void record(String key, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(number -> backbone.recordInTransaction(Backbone.event(key, number)));
        backbone.sequenceEverything();
    }
}
