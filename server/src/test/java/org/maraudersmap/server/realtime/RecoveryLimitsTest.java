package org.maraudersmap.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.EventsGoneException;
import org.maraudersmap.eventlog.LogHead;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.OwnProductTest;
import org.maraudersmap.server.support.RawSocketClient;
import org.maraudersmap.socketio.Offset;
import org.maraudersmap.socketio.Recovery;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Recovery of a product of its own: with a low limit, and a log that a test may damage. */
@OwnProductTest
@TestPropertySource(properties = "RECOVERY_MAX_EVENTS=20")
class RecoveryLimitsTest {
    private static final String EVENT = """
            insert into outbox (event_id, topic, key, event_type, envelope)
            select event_id, topic, key, event_type, cast(replace(cast(envelope as text), ?, ?) as json)
            from event_log where event_type = 'incident.updated' order by position desc limit 1""";

    private final Api api;
    private final EventLog log;
    private final JdbcClient jdbc;
    private final EventAnnouncers announcers;
    private final SocketSessionRepository sessions;
    private final ClusterSignals signals;

    RecoveryLimitsTest(
            Api api,
            EventLog log,
            JdbcClient jdbc,
            EventAnnouncers announcers,
            SocketSessionRepository sessions,
            ClusterSignals signals) {
        this.api = api;
        this.log = log;
        this.jdbc = jdbc;
        this.announcers = announcers;
        this.sessions = sessions;
        this.signals = signals;
    }

    private void report(Api.Session reporter, int count) {
        var before = log.askForHead().position();
        for (var n = 0; n < count; n++) {
            api.post("/api/incidents", reporter.accessToken(), Map.of("title", "One of many"));
        }
        await().until(() -> log.askForHead().position() >= before + count);
    }

    private RawSocketClient comeBackAfter(Api.Session session, RawSocketClient before, long position) {
        before.close();
        return RawSocketClient.recover(api, session, before.pid(), log.head().epoch() + ":" + position);
    }

    @Test
    void should_refuse_when_there_is_too_much_to_look_through() {
        var student = api.registerStudent();
        report(student, 30);
        var head = log.head().position();
        var client = RawSocketClient.connectAs(api, student);
        // Coming and going are events as well, a few of them.
        try (var most = comeBackAfter(student, client, head - 10)) {
            assertThat(most.isRecovered()).isTrue();
            assertThat(most.heard("incident:created")).hasSize(10);
            try (var tooMany = comeBackAfter(student, most, head - 21)) {
                assertThat(tooMany.isRecovered()).isFalse();
                assertThat(tooMany.heard("incident:created")).isEmpty();
            }
        }
    }

    /** A log whose beginning was removed. */
    private record LogWithoutBeginning(EventLog whole, long gone) implements EventLog {
        @Override
        public LogHead head() {
            return whole.head();
        }

        @Override
        public List<PositionedEvent> readAfter(long position, int limit) {
            if (position < gone) {
                throw new EventsGoneException(position, gone + 1);
            }
            return whole.readAfter(position, limit);
        }

        @Override
        public Subscription onAppend(Runnable wakeUp) {
            return whole.onAppend(wakeUp);
        }
    }

    @Test
    void should_refuse_when_the_log_is_no_longer_kept() {
        report(api.registerStudent(), 15);
        var head = log.head();
        var oldest = head.position() - 10;
        var recovery = new LogRecovery(new LogWithoutBeginning(log, oldest - 1), announcers, sessions, signals, 20);
        var upTo = Offset.of(head.epoch(), head.position());
        var session = new Recovery.Session("pid", 0, "/", "id", Optional.empty(), upTo, Map.of(), Instant.EPOCH);

        assertThat(recovery.isComplete(session, Offset.of(head.epoch(), oldest - 1), upTo)).isTrue();
        assertThat(recovery.isComplete(session, Offset.of(head.epoch(), oldest - 2), upTo)).isFalse();
        assertThat(recovery.isComplete(session, Offset.of(head.epoch(), oldest, 0), upTo)).isTrue();
        // The rest of an event that is gone.
        assertThat(recovery.isComplete(session, Offset.of(head.epoch(), oldest - 1, 0), upTo)).isFalse();
    }

    @Test
    void should_replay_as_resync_what_cannot_be_announced() {
        var student = api.registerStudent();
        var incident = api.post("/api/incidents", student.accessToken(), Map.of("title", "Whole")).body();
        api.send(
                "PATCH",
                "/api/incidents/" + incident.path("id").asLong(),
                student.accessToken(),
                Map.of("title", "Also whole"));
        await().until(
                () -> jdbc.sql("select count(*) from event_log where event_type = 'incident.updated'")
                        .query(Long.class)
                        .single() > 0);
        var client = RawSocketClient.connectAs(api, student);
        var before = log.askForHead().position();
        jdbc.sql(EVENT).param("\"previousValues\"").param("\"lostValues\"").update();
        var live = client.await("resync");
        try (var back = comeBackAfter(student, client, before)) {
            assertThat(back.isRecovered()).isTrue();
            assertThat(back.await("resync")).isEqualTo(live);
        } finally {
            jdbc.sql("update event_log set envelope = cast(replace(cast(envelope as text), ?, ?) as json)")
                    .param("\"lostValues\"")
                    .param("\"previousValues\"")
                    .update();
        }
    }
}
