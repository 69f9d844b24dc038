package org.maraudersmap.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.OwnProductTest;
import org.maraudersmap.server.support.RawSocketClient;
import org.maraudersmap.server.support.RawSocketClient.Message;
import org.maraudersmap.socketio.Offset;
import org.maraudersmap.socketio.SocketIoServer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/**
 * What a client gets that comes back with a session and an offset, and when it is told to start anew. It has a product
 * of its own because it takes long.
 */
@OwnProductTest
@TestPropertySource(properties = "NODE_ID=recovery")
class RecoveryTest {
    private final Api api;
    private final EventLog log;
    private final JdbcClient jdbc;
    private final Set<String> left = ConcurrentHashMap.newKeySet();

    RecoveryTest(Api api, EventLog log, JdbcClient jdbc, SocketIoServer server) {
        this.api = api;
        this.log = log;
        this.jdbc = jdbc;
        server.of("/").onDisconnect((socket, _) -> left.add(socket.id()));
    }

    private long report(Api.Session reporter, String severity) {
        return api.post("/api/incidents", reporter.accessToken(), Map.of("title", "Away", "severity", severity))
                .body()
                .path("id")
                .asLong();
    }

    private void edit(Api.Session editor, long incident, String title) {
        assertThat(
                api.send("PATCH", "/api/incidents/" + incident, editor.accessToken(), Map.of("title", title)).status())
                .isEqualTo(200);
    }

    private void giveRole(Api.Session user, String role) {
        var path = "/api/users/" + user.userId() + "/role";
        assertThat(api.send("PUT", path, api.loginAdmin().accessToken(), Map.of("role", role)).status())
                .isEqualTo(200);
    }

    /** Comes back as the official clients do. */
    private RawSocketClient comeBack(Api.Session session, RawSocketClient before) {
        return RawSocketClient.recover(api, session, before.pid(), lastOffset(before));
    }

    /** Those with an offset; the others tell a state. */
    private static List<Message> messagesOfLog(RawSocketClient client) {
        return client.heard().stream().filter(message -> !message.offset().isEmpty()).toList();
    }

    private static String lastOffset(RawSocketClient client) {
        return messagesOfLog(client).getLast().offset();
    }

    /** Cut, and noticed: what the server remembers of the socket is its last word. */
    private void vanish(RawSocketClient client) {
        var id = client.await("connection:acknowledged").payload().path("socketId").asString();
        client.close();
        await().until(() -> left.contains(id));
    }

    /** The events about these incidents, in order: name and incident. */
    private static List<String> heardOf(RawSocketClient client, Long... incidents) {
        return client.heard()
                .stream()
                .filter(message -> List.of(incidents).contains(message.payload().path("incident").path("id").asLong()))
                .map(Message::event)
                .toList();
    }

    private void awaitInLog(long incident) {
        await().until(
                () -> jdbc.sql("select count(*) from event_log where key = ?")
                        .param(String.valueOf(incident))
                        .query(Long.class)
                        .single() > 0);
        await().until(() -> log.head().position() >= log.askForHead().position());
    }

    @Test
    void should_give_back_rooms_and_every_missed_event_once_and_in_order() {
        var student = api.registerStudent();
        var incident = report(student, "MISCHIEF");
        var client = RawSocketClient.connectAs(api, student);
        client.ask("room:join", Map.of("room", "incident:" + incident));
        client.ask("feed:subscribe", Map.of());
        edit(student, incident, "Heard live");
        await().until(() -> heardOf(client, incident).contains("incident:changed"));
        vanish(client);
        edit(student, incident, "Missed");
        var other = report(student, "MISCHIEF");
        edit(student, other, "In another room");
        awaitInLog(other);

        try (var back = comeBack(student, client)) {
            assertThat(back.isRecovered()).isTrue();
            assertThat(back.pid()).isEqualTo(client.pid());
            assertThat(heardOf(back, incident, other))
                    .containsExactly("incident:updated", "incident:changed", "incident:created", "incident:changed");
            // After the replay, with the floor: what comes now is live, and in the rooms of before.
            assertThat(messagesOfLog(back).getLast().event()).isEqualTo("connection:acknowledged");
            edit(student, incident, "Live again");
            await().until(() -> heardOf(back, incident).size() == 4);
            var offsets = messagesOfLog(back).stream()
                    .map(message -> Offset.parse(message.offset()).orElseThrow())
                    .toList();
            for (var i = 1; i < offsets.size(); i++) {
                assertThat(offsets.get(i).isAfter(offsets.get(i - 1))).as("%s", offsets).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\ud800", "' or 1=1 --"})
    void should_recover_everybody_while_somebody_names_sessions_that_cannot_be(String nonsense) throws Exception {
        var people = 60;
        var student = api.registerStudent();
        var attacker = api.registerStudent();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var connecting = new ArrayList<Future<RawSocketClient>>();
            for (var n = 0; n < people; n++) {
                connecting.add(threads.submit(() -> vanished(RawSocketClient.connectAs(api, student))));
            }
            var before = new ArrayList<RawSocketClient>();
            for (var each : connecting) {
                before.add(each.get());
            }
            var attacks = new ArrayList<Future<Boolean>>();
            var returns = new ArrayList<Future<Boolean>>();
            for (var client : before) {
                attacks.add(threads.submit(() -> isRecovered(RawSocketClient.recover(
                        api, attacker, "A".repeat(20) + nonsense, lastOffset(client)))));
                returns.add(threads.submit(() -> isRecovered(comeBack(student, client))));
            }
            for (var n = 0; n < people; n++) {
                assertThat(returns.get(n).get()).isTrue();
                assertThat(attacks.get(n).get()).isFalse();
            }
        }
    }

    private RawSocketClient vanished(RawSocketClient client) {
        vanish(client);
        return client;
    }

    private static boolean isRecovered(RawSocketClient client) {
        try (client) {
            return client.isRecovered();
        }
    }

    @Test
    void should_recover_any_number_of_times_and_without_any_event_before() {
        var student = api.registerStudent();
        var first = RawSocketClient.connect(api.port(), Map.of("token", student.accessToken())).awaitWelcome();
        var pid = first.pid();
        vanish(first);
        var offset = first.await("connection:acknowledged").offset();
        for (var round = 0; round < 3; round++) {
            var missed = report(student, "MISCHIEF");
            awaitInLog(missed);
            var back = RawSocketClient.recover(api, student, pid, offset);
            assertThat(back.isRecovered()).isTrue();
            assertThat(heardOf(back, missed)).containsExactly("incident:created");
            offset = lastOffset(back);
            vanish(back);
        }
    }

    @Test
    void should_go_on_within_an_event() {
        var auror = api.registerStudent();
        giveRole(auror, "AUROR");
        var client = RawSocketClient.connectAs(api, auror);
        var incident = report(auror, "CRITICAL");
        await().until(() -> heardOf(client, incident).size() == 2);
        var created = client.heard("incident:created").getLast();
        assertThat(created.offset()).endsWith(".0");
        vanish(client);

        try (var back = RawSocketClient.recover(api, auror, client.pid(), created.offset())) {
            assertThat(back.isRecovered()).isTrue();
            assertThat(heardOf(back, incident)).containsExactly("escalation:critical");
        }
    }

    @Test
    void should_let_a_socket_that_is_still_believed_alive_give_way() {
        var student = api.registerStudent();
        try (var client = RawSocketClient.connectAs(api, student); var back = comeBack(student, client)) {
            assertThat(back.isRecovered()).isTrue();
            client.awaitClose();
            assertThat(back.ask("heartbeat", Map.of()).path("ok").asBoolean()).isTrue();
        }
    }

    @Test
    void should_not_replay_of_a_room_what_came_before_it_was_entered_or_after_it_was_left() {
        var student = api.registerStudent();
        var entered = report(student, "MISCHIEF");
        var leftRoom = report(student, "MISCHIEF");
        awaitInLog(leftRoom);
        var client = RawSocketClient.connectAs(api, student);
        client.ask("room:join", Map.of("room", "incident:" + leftRoom));
        edit(student, entered, "Before it was entered");
        var marker = report(student, "MISCHIEF");
        await().until(() -> !heardOf(client, marker).isEmpty());
        client.ask("room:join", Map.of("room", "incident:" + entered));
        vanish(client);
        edit(student, entered, "Missed");
        edit(student, leftRoom, "After it was left");
        awaitInLog(report(student, "MISCHIEF"));

        // It comes back as one that has not heard anything.
        var start = client.await("connection:acknowledged").offset();
        try (var back = RawSocketClient.recover(api, student, client.pid(), start)) {
            assertThat(back.isRecovered()).isTrue();
            assertThat(back.heard("incident:updated"))
                    .extracting(message -> message.payload().path("changes").path("title").asString())
                    .containsExactly("Missed");
        }
    }

    @Test
    void should_not_replay_to_a_former_auror_what_aurors_were_told() {
        var demoted = api.registerStudent();
        giveRole(demoted, "AUROR");
        var client = RawSocketClient.connectAs(api, demoted);
        vanish(client);
        var incident = report(api.registerStudent(), "CRITICAL");
        awaitInLog(incident);
        giveRole(demoted, "STUDENT");

        try (var back = comeBack(demoted, client)) {
            assertThat(back.isRecovered()).isTrue();
            assertThat(heardOf(back, incident)).containsExactly("incident:created");
            var later = report(api.registerStudent(), "CRITICAL");
            await().until(() -> !heardOf(back, later).isEmpty());
            var last = report(api.registerStudent(), "MISCHIEF");
            await().until(() -> !heardOf(back, last).isEmpty());
            assertThat(back.heard("escalation:critical")).isEmpty();
        }
    }

    @Test
    void should_replay_to_a_new_auror_what_aurors_were_told() {
        var promoted = api.registerStudent();
        var client = RawSocketClient.connectAs(api, promoted);
        vanish(client);
        giveRole(promoted, "AUROR");
        var incident = report(api.registerStudent(), "CRITICAL");
        awaitInLog(incident);

        try (var back = comeBack(promoted, client)) {
            assertThat(back.isRecovered()).isTrue();
            assertThat(heardOf(back, incident)).containsExactly("incident:created", "escalation:critical");
        }
    }

    @Test
    void should_refuse_a_session_that_is_not_known_or_another_users() {
        var student = api.registerStudent();
        var client = RawSocketClient.connectAs(api, student);
        var offset = lastOffset(client);
        vanish(client);
        try (var unknown = RawSocketClient.recover(api, student, UUID.randomUUID().toString(), offset);
                var thief = RawSocketClient.recover(api, api.registerStudent(), client.pid(), offset);
                var owner = RawSocketClient.recover(api, student, client.pid(), offset)) {
            assertThat(unknown.isRecovered()).isFalse();
            assertThat(thief.isRecovered()).isFalse();
            assertThat(thief.pid()).isNotEqualTo(client.pid());
            assertThat(owner.isRecovered()).as("nothing was taken from him").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-epoch:1", "EPOCH:999999999", "EPOCH:-1", "EPOCH", "", "nonsense"})
    void should_refuse_an_offset_that_is_not_of_this_log(String offset) {
        var student = api.registerStudent();
        var client = RawSocketClient.connectAs(api, student);
        vanish(client);
        var text = offset.replace("EPOCH", log.head().epoch());
        try (var back = RawSocketClient.recover(api, student, client.pid(), text)) {
            assertThat(back.isRecovered()).isFalse();
            assertThat(back.heard().getFirst().event()).as("nothing before").isEqualTo("connection:acknowledged");
        }
    }

    @Test
    void should_refuse_when_the_last_sign_of_life_is_older_than_the_window() {
        var student = api.registerStudent();
        var client = RawSocketClient.connectAs(api, student);
        vanish(client);
        var age = "update socket_sessions set last_seen = last_seen - cast(? as interval) where pid = ?";
        jdbc.sql(age).param("9 minutes").param(client.pid()).update();
        var inTime = comeBack(student, client);
        assertThat(inTime.isRecovered()).isTrue();
        vanish(inTime);
        jdbc.sql(age).param("11 minutes").param(client.pid()).update();
        try (var tooLate = comeBack(student, client)) {
            assertThat(tooLate.isRecovered()).isFalse();
        }
    }

    @Test
    void should_remember_nothing_of_a_socket_whose_session_ended() {
        var session = api.registerStudent();
        var client = RawSocketClient.connectAs(api, session);
        client.ask("feed:subscribe", Map.of());
        api.post("/api/auth/logout", null, Map.of("refreshToken", session.refreshToken()));
        client.awaitDisconnect();
        await().until(
                () -> jdbc.sql("select count(*) from socket_sessions where pid = ?")
                        .param(client.pid())
                        .query(Long.class)
                        .single() == 0);

        try (var again = comeBack(session, client)) {
            assertThat(again.refusal()).isEqualTo("Authentication failed");
        }
        try (var anew = comeBack(api.login(session.email(), "mischief-managed"), client)) {
            assertThat(anew.isRecovered()).isFalse();
        }
    }

    @Test
    void should_refuse_the_token_of_a_session_that_ended_while_its_client_was_away() {
        var session = api.registerStudent();
        var client = RawSocketClient.connectAs(api, session);
        vanish(client);
        api.post("/api/auth/logout", null, Map.of("refreshToken", session.refreshToken()));
        try (var back = comeBack(session, client)) {
            assertThat(back.refusal()).isEqualTo("Authentication failed");
            assertThat(back.heard()).isEmpty();
        }
    }
}
