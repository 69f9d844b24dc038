package org.maraudersmap.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maraudersmap.socketio.testkit.Patience.await;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.socketio.testkit.OfficialClients;
import org.maraudersmap.socketio.testkit.TestServer;

@DisplayName("Connection state recovery with the official client")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryTest {
    private OfficialClients clients;
    private final MovableClock clock = new MovableClock();
    private final AtomicReference<Consumer> admitted = new AtomicReference<>(_ -> {
    });
    private InMemoryRecovery memory = InMemoryRecovery.create();
    private TestServer server;

    /** Something to do in the connection handler. */
    @FunctionalInterface
    private interface Consumer {
        void accept(Socket socket) throws Exception;
    }

    @BeforeAll
    void startClients() {
        clients = new OfficialClients();
    }

    @AfterAll
    void stopClients() {
        clients.close();
    }

    @BeforeEach
    void start() {
        memory = new InMemoryRecovery(Duration.ofMinutes(2), 1000, 1000, clock);
        admitted.set(_ -> {
        });
        server = start(memory, settings -> settings);
    }

    private TestServer start(Recovery recovery, UnaryOperator<SocketIoSettings.Builder> settings) {
        var started = SocketIoServer.builder().settings(settings.apply(SocketIoSettings.builder()).build())
                .recovery(recovery).clock(clock).build();
        started.of("/").use(handshake -> {
            var token = handshake.auth("token").orElse("");
            return token.isEmpty()
                    ? Verdict.refuse("Authentication token required")
                    : Verdict.accept().user(token).join("user:" + token);
        }).onConnection(socket -> {
            try {
                admitted.get().accept(socket);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }).on("join", String.class, (socket, room, event) -> {
            socket.join(room);
            socket.saveSession();
            event.ack(true);
        }).on("leave", String.class, (socket, room, event) -> {
            socket.leave(room);
            event.ack(true);
        });
        return TestServer.start(started);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OfficialClients.Client connect(String user) {
        var client = clients.connect(server.url(),
                Map.of("transports", List.of("websocket"), "auth", Map.of("token", user)));
        var _ = client.connected();
        return client;
    }

    private List<String> namesUntil(OfficialClients.Client client, String last) {
        await().until(() -> client.eventNames().contains(last));
        return client.eventNames();
    }

    /** Emits when the client is away, and lets it come back. */
    private void whileAway(OfficialClients.Client client, Runnable meanwhile) {
        var before = server.main().sockets().size();
        client.auth(Map.of("token", ""));
        client.kill();
        await().until(() -> server.main().sockets().size() == before - 1);
        var _ = client.next("connect_error");
        meanwhile.run();
    }

    @Test
    void should_give_back_rooms_and_every_missed_message_in_order() {
        var harry = connect("harry");
        harry.ask("join", "gryffindor");
        server.main().emit("zero");
        namesUntil(harry, "zero");
        var id = harry.reports("connect").getFirst().path("id").asString();

        whileAway(harry, () -> {
            server.main().emit("one", 1);
            server.main().to("gryffindor").emit("two", Map.of("points", 10));
            server.main().to("slytherin").emit("not for him");
            server.main().except("gryffindor").emit("nor this");
            server.main().broadcast().volatileOnly().emit("lost");
            server.main().to("user:harry").emit("three", new byte[]{1});
        });
        comeBack(harry, "harry");

        var again = harry.connected();
        assertThat(again.path("recovered").asBoolean()).isTrue();
        assertThat(again.path("id").asString()).isEqualTo(id);
        server.main().to("gryffindor").emit("live");
        assertThat(namesUntil(harry, "live")).containsExactly("zero", "one", "two", "three", "live");
        assertThat(server.connected(2).getLast().recovered()).isTrue();
    }

    private static void comeBack(OfficialClients.Client client, String user) {
        client.auth(Map.of("token", user));
        client.retry();
    }

    @Test
    void should_recover_with_no_event_before_the_cut() {
        var harry = connect("harry");
        whileAway(harry, () -> server.main().emit("missed"));
        comeBack(harry, "harry");
        assertThat(harry.connected().path("recovered").asBoolean()).isTrue();
        assertThat(namesUntil(harry, "missed")).containsExactly("missed");
    }

    @Test
    void should_recover_with_no_event_at_all() {
        var harry = connect("harry");
        harry.kill();
        assertThat(harry.connected().path("recovered").asBoolean()).isTrue();
        assertThat(harry.eventNames()).isEmpty();
    }

    @Test
    void should_recover_one_socket_any_number_of_times() {
        var harry = connect("harry");
        harry.ask("join", "room");
        for (var i = 0; i < 5; i++) {
            var name = "message " + i;
            whileAway(harry, () -> server.main().to("room").emit(name));
            comeBack(harry, "harry");
            assertThat(harry.connected().path("recovered").asBoolean()).isTrue();
            namesUntil(harry, name);
        }
        assertThat(harry.eventNames()).containsExactlyElementsOf(
                IntStream.range(0, 5).mapToObj(i -> "message " + i).toList());
    }

    @Test
    void should_recover_long_after_connecting() {
        var harry = connect("harry");
        clock.advance(Duration.ofHours(5));
        // A sign of life: it is from the last one that the window counts.
        harry.ask("join", "room");
        server.main().emit("early");
        namesUntil(harry, "early");
        whileAway(harry, () -> {
            clock.advance(Duration.ofSeconds(100));
            server.main().to("room").emit("missed");
        });
        comeBack(harry, "harry");
        assertThat(harry.connected().path("recovered").asBoolean()).isTrue();
        assertThat(namesUntil(harry, "missed")).containsExactly("early", "missed");
    }

    @Test
    void should_not_recover_after_the_window() {
        var harry = connect("harry");
        whileAway(harry, () -> {
            clock.advance(Duration.ofSeconds(121));
            server.main().emit("missed");
        });
        comeBack(harry, "harry");
        assertThat(harry.connected().path("recovered").asBoolean()).isFalse();
        server.main().emit("live");
        assertThat(namesUntil(harry, "live")).containsExactly("live");
    }

    @Test
    void should_make_a_socket_that_is_believed_alive_give_way_to_its_own_recovery() {
        var harry = connect("harry");
        harry.ask("join", "room");
        harry.vanish();
        assertThat(harry.connected().path("recovered").asBoolean()).isTrue();
        assertThat(server.disconnected(1)).containsExactly(DisconnectReason.SUPERSEDED);
        assertThat(server.main().sockets()).hasSize(1);
        server.main().to("room").emit("once");
        server.main().emit("end");
        assertThat(namesUntil(harry, "end")).containsExactly("once", "end");
    }

    @Test
    void should_recover_in_another_process_over_the_same_store() {
        var harry = connect("harry");
        harry.ask("join", "room");
        harry.auth(Map.of("token", ""));
        try (var other = start(memory, settings -> settings)) {
            harry.aim(other.url());
            server.close();
            var _ = harry.next("connect_error");
            other.main().to("room").emit("missed");
            comeBack(harry, "harry");
            assertThat(harry.connected().path("recovered").asBoolean()).isTrue();
            assertThat(namesUntil(harry, "missed")).containsExactly("missed");
            harry.disconnect();
        }
    }

    @Test
    void should_send_nothing_of_a_session_to_another_user() {
        var harry = connect("harry");
        harry.ask("join", "gryffindor");
        var secrets = harry.secrets();
        var draco = connect("draco");
        draco.impersonate(secrets.path("pid").asString(), memory.head("/").toString());
        whileAway(harry, () -> server.main().to("gryffindor").emit("password", "caput draconis"));

        draco.kill();

        assertThat(draco.connected().path("recovered").asBoolean()).isFalse();
        server.main().emit("end");
        assertThat(namesUntil(draco, "end")).containsExactly("end");
        assertThat(server.main().sockets("gryffindor")).isEmpty();
    }

    @Test
    void should_send_nothing_of_a_session_to_whom_the_middleware_refuses() {
        var harry = connect("harry");
        whileAway(harry, () -> server.main().emit("secret"));
        var error = harry.reports("connect_error").getFirst();
        assertThat(error.path("message").asString()).isEqualTo("Authentication token required");
        assertThat(harry.eventNames()).isEmpty();
    }

    @Test
    void should_not_make_a_foreign_socket_give_way() {
        var harry = connect("harry");
        var draco = connect("draco");
        draco.impersonate(harry.secrets().path("pid").asString(), memory.head("/").toString());
        draco.kill();
        assertThat(draco.connected().path("recovered").asBoolean()).isFalse();
        assertThat(harry.reports("disconnect")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "other-epoch:0.0", "EPOCH:9999.0", "EPOCH:", "EPOCH:-1", "EPOCH:1.x"})
    void should_refuse_an_offset_that_cannot_be(String offset) {
        var harry = connect("harry");
        harry.impersonate(harry.secrets().path("pid").asString(),
                offset.replace("EPOCH", memory.head("/").epoch()));
        harry.kill();
        assertThat(harry.connected().path("recovered").asBoolean()).isFalse();
    }

    @Test
    void should_refuse_an_unknown_session() {
        var harry = connect("harry");
        harry.impersonate("nobody", memory.head("/").toString());
        harry.kill();
        assertThat(harry.connected().path("recovered").asBoolean()).isFalse();
    }

    @Test
    void should_look_up_no_pid_that_cannot_be_one() {
        var lookedUp = new CopyOnWriteArrayList<String>();
        var watched = (Recovery) Proxy.newProxyInstance(
                Recovery.class.getClassLoader(), new Class<?>[]{Recovery.class}, (_, method, arguments) -> {
                    if (method.getName().equals("find")) {
                        lookedUp.add((String) arguments[1]);
                    }
                    return method.invoke(memory, arguments);
                });
        server.close();
        server = start(watched, settings -> settings);
        var harry = connect("harry");
        var pid = "A".repeat(24);
        for (var malformed : List.of("", "nobody", "\0".repeat(24), pid + "A", "A".repeat(23) + "\ud800")) {
            harry.impersonate(malformed, memory.head("/").toString());
            harry.kill();
            assertThat(harry.connected().path("recovered").asBoolean()).isFalse();
        }
        assertThat(lookedUp).isEmpty();
        harry.impersonate(pid, memory.head("/").toString());
        harry.kill();
        assertThat(harry.connected().path("recovered").asBoolean()).isFalse();
        assertThat(lookedUp).containsExactly(pid);
    }

    @Test
    void should_refuse_rather_than_be_partial() {
        var harry = connect("harry");
        whileAway(harry, () -> {
            for (var i = 0; i < 1001; i++) {
                server.main().emit("missed");
            }
        });
        comeBack(harry, "harry");
        assertThat(harry.connected().path("recovered").asBoolean()).isFalse();
        assertThat(harry.eventNames()).isEmpty();
    }

    @Test
    void should_not_replay_what_came_before_the_socket_was_in_the_room_or_after_it_left() {
        var harry = connect("harry");
        harry.ask("join", "old");
        server.main().to("new").emit("before he was in");
        harry.ask("join", "new");
        harry.ask("leave", "old");
        whileAway(harry, () -> {
            server.main().to("old").emit("after he left");
            server.main().to("new").emit("for him");
        });
        comeBack(harry, "harry");
        assertThat(harry.connected().path("recovered").asBoolean()).isTrue();
        server.main().emit("end");
        assertThat(namesUntil(harry, "end")).containsExactly("for him", "end");
    }

    @Test
    void should_not_recover_who_said_goodbye() {
        var harry = connect("harry");
        harry.disconnect();
        await().until(() -> server.main().sockets().isEmpty());
        assertThat(server.disconnected(1)).containsExactly(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
        harry.reconnect();
        assertThat(harry.connected().path("recovered").asBoolean()).isFalse();
    }

    @Test
    void should_hold_live_messages_until_the_connection_handler_has_told_the_floor() throws Exception {
        var inHandler = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        admitted.set(socket -> {
            inHandler.countDown();
            goOn.await();
            socket.emitFloor("connection:acknowledged",
                    Map.of("position", socket.floor().orElseThrow().position()));
        });
        server.main().emit("before");
        var harry = clients.connect(server.url(),
                Map.of("transports", List.of("websocket"), "auth", Map.of("token", "harry")));
        inHandler.await();
        server.main().emit("live");
        await().during(Duration.ofMillis(100)).until(() -> harry.eventNames().isEmpty());
        goOn.countDown();
        assertThat(namesUntil(harry, "live")).containsExactly("connection:acknowledged", "live");
        var acknowledged = harry.event().path("args");
        assertThat(acknowledged.get(0).path("position").asInt()).isEqualTo(1);
        assertThat(acknowledged.get(1).asString()).isEqualTo(memory.head("/").epoch() + ":1");
    }

    @Test
    void should_read_the_log_again_when_more_comes_than_may_be_held() {
        var inHandler = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var small = start(memory, settings -> settings.maxHeld(5))) {
            admitted.set(_ -> {
                inHandler.countDown();
                goOn.await();
            });
            var harry = clients.connect(small.url(),
                    Map.of("transports", List.of("websocket"), "auth", Map.of("token", "harry")));
            await().until(() -> inHandler.getCount() == 0);
            var names = new ArrayList<String>();
            for (var i = 0; i < 20; i++) {
                names.add("message " + i);
                small.main().emit("message " + i);
            }
            goOn.countDown();
            assertThat(namesUntil(harry, "message 19")).containsExactlyElementsOf(names);
            harry.disconnect();
        }
    }

    @Test
    void should_replay_in_pages_at_the_clients_pace() {
        var pages = new CopyOnWriteArrayList<Offset>();
        var paged = new Recording(memory, pages);
        try (var other = start(paged, settings -> settings)) {
            var harry = clients.connect(other.url(),
                    Map.of("transports", List.of("websocket"), "auth", Map.of("token", "harry")));
            var _ = harry.connected();
            await().until(() -> !other.main().sockets().isEmpty());
            harry.auth(Map.of("token", ""));
            harry.kill();
            await().until(() -> other.main().sockets().isEmpty());
            var _ = harry.next("connect_error");
            for (var i = 0; i < 250; i++) {
                other.main().emit("n", i);
            }
            other.main().emit("end");
            comeBack(harry, "harry");
            namesUntil(harry, "end");
            assertThat(pages).hasSize(3);
            for (var i = 0; i < 250; i++) {
                assertThat(harry.event().path("args").get(0).asInt()).isEqualTo(i);
            }
            harry.disconnect();
        }
    }

    @Test
    void should_close_the_connection_when_a_replay_fails_and_recover_at_the_next_try() {
        var failures = new CopyOnWriteArrayList<>(List.of("once"));
        var failing = new Recording(memory, new CopyOnWriteArrayList<>()) {
            @Override
            public Page replay(Socket socket, Session session, Offset after, Offset upTo) {
                if (!failures.isEmpty()) {
                    throw new IllegalStateException(failures.removeLast());
                }
                return super.replay(socket, session, after, upTo);
            }
        };
        try (var other = start(failing, settings -> settings)) {
            var harry = clients.connect(other.url(),
                    Map.of("transports", List.of("websocket"), "auth", Map.of("token", "harry")));
            var _ = harry.connected();
            await().until(() -> !other.main().sockets().isEmpty());
            harry.auth(Map.of("token", ""));
            harry.kill();
            await().until(() -> other.main().sockets().isEmpty());
            var _ = harry.next("connect_error");
            other.main().emit("missed");
            comeBack(harry, "harry");
            assertThat(namesUntil(harry, "missed")).containsExactly("missed");
            assertThat(harry.reports("connect")).allSatisfy(
                    report -> assertThat(report.path("recovered").isBoolean()).isTrue());
            harry.disconnect();
        }
    }

    @Test
    void should_save_rooms_so_that_they_survive_when_save_returns() {
        var harry = connect("harry");
        harry.ask("join", "room");
        var pid = harry.secrets().path("pid").asString();
        var session = memory.find("/", pid).orElseThrow();
        assertThat(session.rooms()).containsOnlyKeys("room", "user:harry");
        assertThat(session.user()).contains("harry");
        assertThat(memory.save(new Recovery.Session(pid, 5, "/", "id", Optional.of("harry"), session.start(), Map.of(),
                clock.instant()))).isTrue();
        org.assertj.core.api.Assertions.assertThatIllegalStateException()
                .isThrownBy(() -> {
                    var socket = server.connected(1).getFirst();
                    socket.join("another");
                    socket.saveSession();
                }).withMessageContaining("newer connection");
    }

    @Test
    void should_give_a_recovered_socket_a_new_id_if_told_to() {
        try (var other = start(memory, settings -> settings.keepSocketId(false))) {
            var harry = clients.connect(other.url(),
                    Map.of("transports", List.of("websocket"), "auth", Map.of("token", "harry")));
            var first = harry.connected().path("id").asString();
            harry.kill();
            var second = harry.connected();
            assertThat(second.path("recovered").asBoolean()).isTrue();
            assertThat(second.path("id").asString()).isNotEqualTo(first);
            harry.disconnect();
        }
    }

    @Test
    void should_not_give_back_rooms_that_the_middleware_does_not_let_it_have() {
        var house = new AtomicReference<>("role:student");
        server.main().use(_ -> Verdict.accept().join(house.get()).restoring(room -> !room.startsWith("role:")));
        var harry = connect("harry");
        harry.ask("join", "room");
        harry.kill();
        assertThat(harry.connected().path("recovered").asBoolean()).isTrue();
        assertThat(server.connected(2).getLast().rooms()).contains("room", "user:harry", "role:student");
        house.set("role:auror");
        harry.kill();
        assertThat(harry.connected().path("recovered").asBoolean()).isTrue();
        assertThat(server.connected(3).getLast().rooms()).contains("room", "user:harry", "role:auror")
                .doesNotContain("role:student");
    }

    @Test
    void should_recover_the_other_namespaces_of_a_connection_that_gives_way() {
        server.server().of("/chat").use(_ -> Verdict.accept().user("harry"))
                .on("ask", (socket, event) -> event.ack(socket.recovered()));
        var main = connect("harry");
        var chat = main.sibling("/chat");
        assertThat(chat.connected().path("recovered").asBoolean()).isFalse();
        main.vanish();
        assertThat(main.connected().path("recovered").asBoolean()).isTrue();
        assertThat(chat.connected().path("recovered").asBoolean()).isTrue();
    }

    @Test
    void should_close_a_session_that_another_node_has_recovered() {
        var harry = connect("harry");
        server.main().giveWay(harry.secrets().path("pid").asString(), 1);
        assertThat(server.disconnected(1)).containsExactly(DisconnectReason.SUPERSEDED);
    }

    /** Else the end of the old one would be taken for that of the new one, which has the same id. */
    @Test
    void should_let_a_broken_connection_end_before_its_client_goes_on() throws Exception {
        var working = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        server.main().on("work", (_, event) -> {
            working.countDown();
            done.await();
        });
        var harry = connect("harry");
        harry.emit("work");
        working.await();
        var back = new CountDownLatch(1);
        admitted.set(_ -> back.countDown());
        harry.kill();

        assertThat(back.await(500, TimeUnit.MILLISECONDS)).isFalse();
        done.countDown();
        assertThat(harry.connected().path("recovered").asBoolean()).isTrue();
        assertThat(server.disconnected(1)).hasSize(1);
    }

    @Test
    void should_not_close_a_session_on_late_news_of_its_own_or_an_older_recovery() {
        var harry = connect("harry");
        harry.kill();
        assertThat(harry.connected().path("recovered").asBoolean()).isTrue();
        server.main().giveWay(harry.secrets().path("pid").asString(), 0);
        server.main().giveWay(harry.secrets().path("pid").asString(), 1);
        assertThat(harry.ask("join", "room")).isNotNull();
        assertThat(server.connected(2).getLast().isConnected()).isTrue();
    }

    @Test
    void should_replay_from_where_the_client_is_for_a_room_that_the_middleware_has_put_it_in_meanwhile() {
        var house = new AtomicReference<>("role:student");
        server.main().use(_ -> Verdict.accept().join(house.get()).restoring(room -> !room.startsWith("role:")));
        var harry = connect("harry");
        server.main().emit("zero");
        namesUntil(harry, "zero");
        whileAway(harry, () -> {
            server.main().to("role:student").emit("for students");
            server.main().to("role:auror").emit("for aurors");
            server.main().emit("last");
        });
        house.set("role:auror");
        comeBack(harry, "harry");
        assertThat(harry.connected().path("recovered").asBoolean()).isTrue();
        assertThat(namesUntil(harry, "last")).containsExactly("zero", "for aurors", "last");
    }

    /** Notes the pages that are asked for. */
    private static class Recording implements Recovery {
        private final Recovery inner;
        private final List<Offset> pages;

        Recording(Recovery inner, List<Offset> pages) {
            this.inner = inner;
            this.pages = pages;
        }

        @Override
        public Offset head(String namespace) {
            return inner.head(namespace);
        }

        @Override
        public boolean save(Session session) {
            return inner.save(session);
        }

        @Override
        public Optional<Session> find(String namespace, String pid) {
            return inner.find(namespace, pid);
        }

        @Override
        public void remove(Session session) {
            inner.remove(session);
        }

        @Override
        public boolean isComplete(Session session, Offset after, Offset upTo) {
            return inner.isComplete(session, after, upTo);
        }

        @Override
        public Page replay(Socket socket, Session session, Offset after, Offset upTo) {
            pages.add(after);
            return inner.replay(socket, session, after, upTo);
        }

        @Override
        public Optional<Offset> record(Message message) {
            return inner.record(message);
        }
    }

    /** A clock that goes on when it is told to. */
    private static final class MovableClock extends Clock {
        private volatile Instant now = Instant.parse("1991-09-01T11:00:00Z");

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
