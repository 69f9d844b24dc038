package org.maraudersmap.server.backbone;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.OwnProductTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Anyone can read along: a bean is all that it takes, and no other file knows of this one. */
@OwnProductTest
@Import(NewConsumerTest.TrollWatch.class)
class NewConsumerTest {

    static class TrollWatch implements EventConsumer {
        final Queue<String> seen = new ConcurrentLinkedQueue<>();

        @Override
        public String consumerName() {
            return "troll-watch";
        }

        @Override
        public Start startOfFirstRun() {
            return Start.HEAD;
        }

        @Override
        public boolean wantsEventsOfType(String eventType) {
            return eventType.equals("incident.created");
        }

        @Override
        public void handleEventsInOrder(List<PositionedEvent> events) {
            events.forEach(event -> seen.add(event.event().data().path("title").asString()));
        }
    }

    private final Api api;
    private final JdbcClient jdbc;
    private final TrollWatch watch;

    NewConsumerTest(Api api, JdbcClient jdbc, TrollWatch watch) {
        this.api = api;
        this.jdbc = jdbc;
        this.watch = watch;
    }

    @Test
    void should_reach_a_new_consumer_without_a_change_of_any_producer() {
        await("its first run, at the head").until(
                () -> jdbc.sql("select exists (select from consumer_positions where consumer = 'troll-watch')")
                        .query(Boolean.class)
                        .single());

        api.post("/api/incidents", api.registerStudent().accessToken(), Map.of("title", "Troll in the dungeons"));

        await().until(() -> watch.seen.contains("Troll in the dungeons"));
    }
}
