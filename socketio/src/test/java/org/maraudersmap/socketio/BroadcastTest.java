package org.maraudersmap.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maraudersmap.socketio.testkit.Patience.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.socketio.testkit.LogWatch;
import org.maraudersmap.socketio.testkit.RawWebSocket;
import org.maraudersmap.socketio.testkit.TestServer;

@Isolated("it watches the log")
@DisplayName("Rooms, broadcasts, offsets and floors")
class BroadcastTest {
    private final List<Relay.Relayed> relayed = new CopyOnWriteArrayList<>();
    private final TestServer server = TestServer.start(SocketIoServer.builder().relay(relayed::add).build());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void should_keep_track_of_rooms() {
        try (var _ = server.connectedWebSocket(); var _ = server.connectedWebSocket()) {
            var sockets = server.connected(2);
            var one = sockets.getFirst();
            var two = sockets.getLast();
            one.join("a", "b");
            two.join("b");
            assertThat(server.main().rooms()).containsExactlyInAnyOrder("a", "b");
            assertThat(server.main().sockets("b")).containsExactlyInAnyOrder(one, two);
            assertThat(server.main().sockets(one.id())).containsExactly(one);
            assertThat(server.main().sockets("c")).isEmpty();
            server.main().to("b").socketsJoin("c");
            server.main().to("a").socketsLeave("b");
            assertThat(one.rooms()).containsExactlyInAnyOrder(one.id(), "a", "c");
            assertThat(server.main().to("b", "c").except("a").fetchSockets()).containsExactly(two);
            assertThat(server.main().except(two.id()).fetchSockets()).containsExactly(one);
            assertThat(server.main()).hasToString("namespace / with 2 sockets");
            assertThat(one).hasToString("socket " + one.id() + " in /");
            server.main().to("c").disconnectSockets();
            assertThat(server.main().rooms()).isEmpty();
            assertThat(server.main().sockets()).isEmpty();
        }
    }

    @Test
    void should_add_the_offset_and_send_nothing_at_or_below_the_floor() {
        server.main().use(_ -> Verdict.accept().floor(Offset.of("e", 10)));
        try (var client = server.connectedWebSocket()) {
            var socket = server.connected(1).getFirst();
            assertThat(socket.floor()).contains(Offset.of("e", 10));
            server.main().broadcast().at(Offset.of("e", 10, 3)).emit("old");
            server.main().emit("state");
            server.main().broadcast().at(Offset.of("e", 11, 0)).emit("first");
            server.main().broadcast().at(Offset.of("e", 11, 0)).emit("again");
            server.main().broadcast().at(Offset.of("e", 11, 1)).emit("second", 1);
            socket.emitFloor("told");
            server.main().broadcast().at(Offset.of("e", 13)).emit("log:position");
            server.main().broadcast().at(Offset.of("e", 12, 0)).emit("late");
            server.main().broadcast().at(Offset.of("other", 1, 0)).emit("another epoch");
            server.main().emit("end");
            assertThat(IntStream.range(0, 7).mapToObj(_ -> client.text()).toList()).containsExactly("42[\"state\"]",
                    "42[\"first\",\"e:11.0\"]", "42[\"second\",1,\"e:11.1\"]", "42[\"told\",\"e:11.1\"]",
                    "42[\"log:position\",\"e:13\"]", "42[\"another epoch\",\"other:1.0\"]", "42[\"end\"]");
        }
    }

    @ParameterizedTest
    @CsvSource({"e:1.0, e, 1, 0", "e:7, e, 7, 2147483647", "a-b.c:12.34, a-b.c, 12, 34", "x:y:3.1, '', 0, 0"})
    void should_read_and_write_offsets(String text, String epoch, long position, int index) {
        var parsed = Offset.parse(text);
        if (epoch.isEmpty()) {
            assertThat(parsed).isEmpty();
        } else {
            assertThat(parsed).contains(new Offset(epoch, position, index));
            assertThat(parsed.orElseThrow()).hasToString(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "e:", ":1", "e:1.", "e:.1", "e:-1", "e:1.-1", "e:1.99999999999", "e:1.2.3",
            "e:99999999999999999999", "e:1.2147483648", "e: 1", "e:+1", "e:١"})
    void should_read_no_offset_where_there_is_none(String text) {
        assertThat(Offset.parse(text)).isEmpty();
        assertThat(Offset.parse("e".repeat(200) + ":1")).isEmpty();
    }

    @Test
    void should_order_offsets_of_one_epoch() {
        var all = Offset.of("e", 5);
        assertThat(all.isAfter(Offset.of("e", 5, 1000))).isTrue();
        assertThat(Offset.of("e", 6, 0).isAfter(all)).isTrue();
        assertThat(all.isAfter(all)).isFalse();
        assertThat(Offset.of("f", 9).isAfter(all)).isFalse();
        Assertions.assertThatIllegalArgumentException().isThrownBy(() -> Offset.of("", 1));
        Assertions.assertThatIllegalArgumentException().isThrownBy(() -> Offset.of("a:b", 1));
        Assertions.assertThatIllegalArgumentException().isThrownBy(() -> Offset.of("e", -1));
        Assertions.assertThatIllegalArgumentException().isThrownBy(() -> Offset.of("e", 1, -1));
    }

    @Test
    void should_relay_what_is_not_local_and_deliver_what_is_relayed() {
        try (var client = server.connectedWebSocket()) {
            server.connected(1).getFirst().join("room");
            server.main().to("room").except("x").emit("shared", 1);
            server.main().broadcast().local().emit("own");
            assertThat(relayed).singleElement().satisfies(one -> {
                assertThat(one.message().rooms()).containsExactly("room");
                assertThat(one.message().except()).containsExactly("x");
                assertThat(one.offset()).isEmpty();
                assertThat(one.isVolatile()).isFalse();
            });
            server.main().receive(relayed.getFirst());
            server.main()
                    .receive(new Relay.Relayed(relayed.getFirst().message(), Optional.of(Offset.of("e", 1)), true));
            assertThat(IntStream.range(0, 4).mapToObj(_ -> client.text()).toList()).containsExactly(
                    "42[\"shared\",1]", "42[\"own\"]", "42[\"shared\",1]", "42[\"shared\",1,\"e:1\"]");
            assertThat(relayed).hasSize(1);
        }
    }

    @Test
    void should_deliver_the_broadcasts_of_a_thread_in_order_to_a_large_room() {
        var clients = new ArrayList<RawWebSocket>();
        try {
            for (var i = 0; i < 600; i++) {
                clients.add(server.connectedWebSocket());
            }
            server.connected(600);
            for (var i = 0; i < 10; i++) {
                server.main().emit("n", i);
            }
            for (var client : clients) {
                for (var i = 0; i < 10; i++) {
                    assertThat(client.text()).isEqualTo("42[\"n\",%d]".formatted(i));
                }
            }
        } finally {
            clients.forEach(RawWebSocket::close);
        }
        await().until(() -> server.server().sessionCount() == 0);
    }

    @Test
    void should_encode_a_broadcast_once() {
        var writes = new CopyOnWriteArrayList<String>();
        var counted = new Object() {
            @com.fasterxml.jackson.annotation.JsonValue
            String value() {
                writes.add("written");
                return "once";
            }
        };
        try (var one = server.connectedWebSocket(); var two = server.connectedWebSocket()) {
            server.connected(2);
            server.main().emit("x", counted);
            assertThat(one.text()).isEqualTo("42[\"x\",\"once\"]");
            assertThat(two.text()).isEqualTo("42[\"x\",\"once\"]");
        }
        assertThat(writes).hasSize(1);
    }

    @Test
    void should_close_whom_it_fails_to_write_to_and_go_on_with_the_others() {
        var armed = new AtomicBoolean();
        var failing = SocketIoServer.builder().metrics(new SocketIoMetrics() {
            @Override
            public void messagesSent(int count, int bytes) {
                if (armed.compareAndSet(true, false)) {
                    throw new IllegalStateException("planted");
                }
            }
        }).build();
        // One event loop, so that one drain writes to both.
        try (var log = new LogWatch();
                var running = TestServer.start(failing, Endpoint.of("localhost", 0).threads(1));
                var one = running.connectedWebSocket();
                var two = running.connectedWebSocket()) {
            running.connected(2);
            armed.set(true);
            failing.of("/").emit("first");
            assertThat(running.disconnected(1)).containsExactly(DisconnectReason.TRANSPORT_ERROR);
            failing.of("/").emit("second");
            await().until(() -> one.isOpen() != two.isOpen());
            var other = one.isOpen() ? one : two;
            assertThat(other.text()).isEqualTo("42[\"first\"]");
            assertThat(other.text()).isEqualTo("42[\"second\"]");
            assertThat(log.complaints()).singleElement().asString().contains("planted");
        }
    }

    @Test
    void should_close_all_and_finish_all_on_shutdown() throws Exception {
        var finished = new CopyOnWriteArrayList<String>();
        server.main().onDisconnect((socket, reason) -> {
            await().during(Duration.ofMillis(50)).until(() -> true);
            finished.add(reason.text());
        });
        try (var client = server.connectedWebSocket()) {
            server.connected(1);
            assertThat(server.server().shutdown(Duration.ofSeconds(5))).isTrue();
            assertThat(finished).containsExactly("server shutting down");
            assertThat(client.awaitClose()).isEqualTo(1001);
            assertThat(server.get("EIO=4&transport=polling").statusCode()).isEqualTo(503);
        }
    }
}
