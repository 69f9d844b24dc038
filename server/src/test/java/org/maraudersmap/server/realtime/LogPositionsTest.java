package org.maraudersmap.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.LogHead;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.maraudersmap.server.support.RawSocketClient;
import org.maraudersmap.server.support.RawSocketClient.Message;
import org.maraudersmap.socketio.Offset;
import org.maraudersmap.socketio.SocketIoServer;

@ProductTest
class LogPositionsTest {
    private final Api api;
    private final EventLog log;
    private final LogPositions positions;
    private final SocketIoServer server;

    LogPositionsTest(Api api, EventLog log, LogPositions positions, SocketIoServer server) {
        this.api = api;
        this.log = log;
        this.positions = positions;
        this.server = server;
    }

    private static Offset offsetOf(Message message) {
        return Offset.parse(message.offset()).orElseThrow();
    }

    /** Waits until a socket is told of this position or a later one. */
    private Message awaitPosition(RawSocketClient client, long position) {
        await().until(() -> {
            positions.tellSocketsIfLogMoved();
            return client.heard("log:position")
                    .stream()
                    .anyMatch(message -> message.payload().path("position").asLong() >= position);
        });
        return client.heard("log:position").getLast();
    }

    @Test
    void should_keep_the_offset_of_a_quiet_client_young() {
        var student = api.registerStudent();
        var client = RawSocketClient.connectAs(api, student);
        // Of these events nobody is told.
        var _ = api.registerStudent();
        await().until(() -> log.askForHead().position() > offsetOf(client.heard().getFirst()).position());
        var told = awaitPosition(client, log.head().position());
        assertThat(told.payload().path("head").asLong()).isEqualTo(told.payload().path("position").asLong());
        assertThat(offsetOf(told)).isEqualTo(
                Offset.of(log.head().epoch(), told.payload().path("position").asLong()));
        client.close();
        var missed = api.post("/api/incidents", student.accessToken(), Map.of("title", "Missed")).body();
        await().until(() -> log.askForHead().position() > offsetOf(told).position());
        try (var back = RawSocketClient.recover(api, student, client.pid(), told.offset())) {
            assertThat(back.isRecovered()).isTrue();
            assertThat(back.heard("incident:created"))
                    .extracting(message -> message.payload().path("incident"))
                    .containsExactly(missed);
        }
    }

    @Test
    void should_never_take_an_offset_back() {
        try (var client = RawSocketClient.connectAs(api, api.registerStudent())) {
            var floor = offsetOf(client.heard().getFirst());
            positions.noteBroadcastUpToOffset(Offset.of(floor.epoch(), floor.position() - 1));
            positions.tellSocketsIfLogMoved();
            var _ = api.registerStudent();
            await().until(() -> log.askForHead().position() > floor.position());
            awaitPosition(client, floor.position() + 1);
            assertThat(client.heard("log:position")).allSatisfy(
                    told -> assertThat(floor.isAfter(offsetOf(told))).isFalse());
        }
    }

    @Test
    void should_tell_of_a_lag_those_who_cannot_be_told_of_anything_else() {
        try (var client = RawSocketClient.connectAs(api, api.registerStudent())) {
            var floor = offsetOf(client.heard().getFirst());
            var lagging = new LogPositions(
                    new LogAhead(log, 5), server, new WorkLoops(_ -> false, new SimpleMeterRegistry()));
            lagging.noteBroadcastUpToOffset(floor);
            lagging.tellSocketsIfLogMoved();
            lagging.destroy();
            // The product tells of positions too, at any time, with later offsets.
            await().until(() -> lagToldOf(client, floor).isPresent());
            var told = lagToldOf(client, floor).orElseThrow();
            assertThat(offsetOf(told)).isEqualTo(offsetOf(lastWithOffsetBefore(told, client)));
            assertThat(told.payload().path("head").asLong())
                    .isGreaterThanOrEqualTo(told.payload().path("position").asLong() + 5);
        }
    }

    private static Optional<Message> lagToldOf(RawSocketClient client, Offset upTo) {
        return client.heard("log:position")
                .stream()
                .filter(message -> message.payload().path("position").asLong() == upTo.position())
                .filter(message -> message.payload().path("head").asLong() > upTo.position())
                .findFirst();
    }

    private static Message lastWithOffsetBefore(Message told, RawSocketClient client) {
        return client.heard()
                .stream()
                .takeWhile(message -> !message.equals(told))
                .filter(message -> !message.offset().isEmpty())
                .toList()
                .getLast();
    }

    /** A log that has come further than this node has broadcast. */
    private record LogAhead(EventLog log, long by) implements EventLog {
        @Override
        public LogHead head() {
            return new LogHead(log.head().epoch(), log.head().position() + by);
        }

        @Override
        public List<PositionedEvent> readAfter(long position, int limit) {
            return log.readAfter(position, limit);
        }

        @Override
        public Subscription onAppend(Runnable wakeUp) {
            return log.onAppend(wakeUp);
        }
    }
}
