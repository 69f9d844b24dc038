package org.maraudersmap.server.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

class IggyStatusTest {
    private static final String CONSUMER = "websocket-broadcaster-test-node";

    private final Backbone backbone = new Backbone();
    private final SteppedConsumer consumer = new SteppedConsumer(backbone, EventConsumer.Start.BEGINNING);
    private final Settings settings = new Settings(new MockEnvironment());
    private final IggyStatusController controller = new IggyStatusController(
            new BacklogReader(backbone.database.jdbc(), driverOfNoConsumer(), Clock.systemUTC()),
            new StaticListableBeanFactory().getBeanProvider(BrokerEventLog.class),
            settings,
            () -> "test-node");

    private ConsumerDriver driverOfNoConsumer() {
        return new ConsumerDriver(
                new StaticListableBeanFactory().getBeanProvider(EventConsumer.class),
                new ConsumedLog(backbone.log),
                consumer.positions,
                consumer.letters,
                backbone.database.transaction(),
                new WorkLoops(_ -> false, new SimpleMeterRegistry()),
                settings);
    }

    @AfterEach
    void close() {
        backbone.close();
    }

    @Test
    void should_be_connected_with_offset_and_lag_once_the_broadcaster_runs() {
        backbone.database.jdbc().sql("insert into nodes values ('test-node', now())").update();
        consumer.record("a", 1, 5);
        consumer.positions.savePositionOfNode(CONSUMER, 3, 0);

        var answer = controller.showStatusOfEventStreaming();

        assertThat(answer.getStatusCode().value()).isEqualTo(200);
        assertThat(answer.getBody()).isInstanceOfSatisfying(IggyStatus.Connected.class, connected -> {
            assertThat(connected.consumer())
                    .isEqualTo(
                            new IggyStatus.Offset("websocket-broadcaster", 3, "marauders-map", "incident-events"));
            assertThat(connected.consumers()).singleElement().satisfies(each -> {
                assertThat(each.id()).isEqualTo(CONSUMER);
                assertThat(each.lag()).isEqualTo(2);
                assertThat(each.lagSeconds()).isPositive();
            });
        });
    }

    @Test
    void should_be_disconnected_before_the_broadcaster_runs() {
        var answer = controller.showStatusOfEventStreaming();

        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getBody()).isEqualTo(
                new IggyStatus.Disconnected("disconnected", "The consumers of this node have not started yet"));
    }

    @Test
    void should_be_disconnected_while_the_log_cannot_be_reached() {
        backbone.database.source().close();

        var answer = controller.showStatusOfEventStreaming();

        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getBody())
                .isEqualTo(new IggyStatus.Disconnected("disconnected", "The event log cannot be reached"));
    }

    @Test
    void should_tell_an_error_and_no_secret_when_nobody_knows() {
        backbone.database.jdbc().sql("alter table consumer_positions rename to elsewhere").update();

        var answer = controller.showStatusOfEventStreaming();

        assertThat(answer.getStatusCode().value()).isEqualTo(500);
        assertThat(answer.getBody())
                .isEqualTo(new IggyStatus.Failed("error", "The positions of the consumers cannot be read"));
    }
}
