package org.maraudersmap.server.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.BrokerUnavailableException;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.iggy.EmptyLog;
import org.maraudersmap.eventlog.iggy.IggyStandIn;
import org.maraudersmap.server.backbone.Relay.Outcome;
import org.maraudersmap.server.support.MovableClock;

class RelayTest {
    private static final String STREAM = "marauders-map";

    private final Backbone backbone = new Backbone();
    private final IggyStandIn server = new IggyStandIn();
    private final List<BrokerEventLog> opened = new ArrayList<>();
    private final MovableClock clock = new MovableClock();
    private final BrokerEventLog broker = openLog(backbone.log);
    @SuppressWarnings("NullAway.Init") // by connect(), before every test
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = backbone.database.source().getConnection();
        await().until(() -> broker.state().connected());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        opened.forEach(BrokerEventLog::close);
        server.close();
        backbone.close();
    }

    private BrokerEventLog openLog(EventLog database) {
        var log = server.openLog(STREAM, database);
        opened.add(log);
        return log;
    }

    private Relay newRelay() throws SQLException {
        var relay = new Relay(backbone.log, broker, clock, 10);
        assertThat(relay.tryBecomeOnlyRelay(connection)).isTrue();
        return relay;
    }

    private void record(int from, int to) {
        IntStream.rangeClosed(from, to)
                .forEach(
                        number -> backbone.recordInTransaction(
                                number % 3 == 0
                                        ? Backbone.event("presence-events", "luna", number)
                                        : Backbone.event("incident-events", "42", number)));
        backbone.sequenceEverything();
    }

    private void forwardEverything(Relay relay) {
        await().ignoreException(BrokerUnavailableException.class)
                .until(() -> relay.forwardNextBatchToBroker(connection) == Outcome.IDLE);
    }

    /** What the broker's readers get, without a database behind them. */
    private List<Integer> numbersAtBroker(int expected) {
        var reader = openLog(new EmptyLog(backbone.log.head().epoch()));
        await().until(() -> reader.head().position() >= expected);
        return reader.readAfter(0, 10_000).stream().map(Backbone::numberOf).toList();
    }

    private static List<Integer> numbers(int to) {
        return IntStream.rangeClosed(1, to).boxed().toList();
    }

    private int messages() {
        return server.countOf(STREAM, "incident-events") + server.countOf(STREAM, "presence-events");
    }

    @Test
    void should_forward_the_log_in_order_batch_by_batch() throws SQLException {
        var relay = newRelay();
        assertThat(relay.forwardNextBatchToBroker(connection)).isEqualTo(Outcome.IDLE);
        record(1, 25);

        assertThat(relay.forwardNextBatchToBroker(connection)).isEqualTo(Outcome.FORWARDED);
        assertThat(relay.positionAtBroker()).isEqualTo(10);
        forwardEverything(relay);

        assertThat(relay.positionAtBroker()).isEqualTo(25);
        assertThat(messages()).isEqualTo(25);
        assertThat(numbersAtBroker(25)).isEqualTo(numbers(25));
    }

    @Test
    void should_go_on_where_another_relay_stopped_and_send_nothing_twice() throws SQLException {
        var first = newRelay();
        record(1, 25);
        first.forwardNextBatchToBroker(connection);
        first.forwardNextBatchToBroker(connection);
        first.resignAsOnlyRelay(connection);

        // The first one died before it noted its second batch.
        var second = newRelay();
        record(26, 30);
        forwardEverything(second);

        assertThat(messages()).isEqualTo(30);
        assertThat(numbersAtBroker(30)).isEqualTo(numbers(30));
    }

    @Test
    void should_let_only_one_relay_forward() throws SQLException {
        var relay = newRelay();
        try (var other = backbone.database.source().getConnection()) {
            assertThat(new Relay(backbone.log, broker, clock, 10).tryBecomeOnlyRelay(other)).isFalse();
            relay.resignAsOnlyRelay(connection);
            assertThat(new Relay(backbone.log, broker, clock, 10).tryBecomeOnlyRelay(other)).isTrue();
        }
    }

    @Test
    void should_send_again_what_the_broker_has_lost() throws SQLException {
        var relay = newRelay();
        record(1, 30);
        forwardEverything(relay);

        server.restartWithoutNewest(4);
        record(31, 35);
        forwardEverything(relay);

        assertThat(relay.countOfRewindsOfTopics()).isEqualTo(2);
        assertThat(messages()).isEqualTo(35);
        assertThat(numbersAtBroker(35)).isEqualTo(numbers(35));
    }

    @Test
    void should_notice_while_nothing_happens_that_the_broker_has_lost_events() throws SQLException {
        var relay = newRelay();
        record(1, 30);
        forwardEverything(relay);
        server.restartWithoutNewest(1_000);

        assertThat(relay.forwardNextBatchToBroker(connection)).isEqualTo(Outcome.IDLE);
        assertThat(messages()).isZero();
        clock.moveOnBy(Duration.ofSeconds(2));
        await().until(() -> broker.state().connected());
        forwardEverything(relay);

        assertThat(numbersAtBroker(30)).isEqualTo(numbers(30));
    }

    @Test
    void should_send_again_what_was_lost_while_everything_was_down() throws SQLException {
        var before = newRelay();
        // The topic of the last presence is quiet afterwards: only what was noted tells that it had more.
        record(1, 30);
        IntStream.rangeClosed(31, 60).forEach(
                number -> backbone.recordInTransaction(Backbone.event("incident-events", "42", number)));
        backbone.sequenceEverything();
        forwardEverything(before);
        before.resignAsOnlyRelay(connection);
        server.restartWithoutNewest(6);

        var after = newRelay();
        forwardEverything(after);

        assertThat(messages()).isEqualTo(60);
        assertThat(numbersAtBroker(60)).isEqualTo(numbers(60));
    }

    @Test
    void should_keep_nothing_of_another_life_of_the_log() throws SQLException {
        var relay = newRelay();
        record(1, 12);
        forwardEverything(relay);

        backbone.database.jdbc().sql("update event_log_head set epoch = 'restored'").update();
        backbone.log.refreshHeadFromDatabase();
        await().until(() -> broker.head().epoch().equals("restored"));
        forwardEverything(relay);

        assertThat(messages()).isEqualTo(24);
        assertThat(numbersAtBroker(12)).isEqualTo(numbers(12));
    }

    @Test
    void should_refuse_a_broker_that_holds_other_events() throws SQLException {
        var relay = newRelay();
        record(1, 3);
        forwardEverything(relay);
        backbone.database.jdbc().sql("update relay_topic_ends set event_id = gen_random_uuid()").update();
        relay.resignAsOnlyRelay(connection);

        var misled = newRelay();
        assertThatThrownBy(() -> misled.forwardNextBatchToBroker(connection)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("same life of the log");
    }

    @Test
    void should_give_consumers_everything_while_the_broker_is_away_and_the_broker_everything_afterwards()
            throws SQLException {
        var relay = newRelay();
        record(1, 5);
        forwardEverything(relay);
        server.stop();
        record(6, 40);

        await().until(() -> broker.head().position() == 40);
        assertThat(broker.readAfter(0, 100)).extracting(Backbone::numberOf).isEqualTo(numbers(40));
        assertThatThrownBy(() -> relay.forwardNextBatchToBroker(connection))
                .isInstanceOf(BrokerUnavailableException.class);

        server.start();
        await().until(() -> broker.state().connected());
        forwardEverything(relay);
        assertThat(numbersAtBroker(40)).isEqualTo(numbers(40));
        assertThat(broker.readAfter(0, 100)).extracting(PositionedEvent::position).hasSize(40).isSorted();
    }
}
