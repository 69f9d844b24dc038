package org.maraudersmap.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.maraudersmap.socketio.testkit.Patience.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.socketio.testkit.TestServer;

@DisplayName("Socket.IO 5")
class SocketIoProtocolTest {
    private final TestServer server = TestServer
            .start(settings -> settings.maxAttachments(3).maxNamespaces(3));

    @AfterEach
    void stop() {
        server.close();
    }

    @Nested
    @DisplayName("What may be emitted")
    class EmitSection {

        @Test
        void should_deliver_null_wherever_an_argument_may_be() {
            server.main().on("ask", (socket, event) -> event.ack((Object) null));
            try (var client = server.connectedWebSocket()) {
                var socket = server.connected(1).getFirst();
                server.main().emit("a", (Object) null);
                server.main().emit("b", (Object[]) null);
                socket.emit("c", null, 1, null);
                socket.emitVolatile("d", (Object) null);
                socket.emitFloor("e", (Object) null);
                var _ = socket.emitWithAck(Duration.ofSeconds(1), "f", (Object) null);
                var _ = server.main().broadcast().emitWithAck(Duration.ofSeconds(1), "g", (Object) null);
                client.send("421[\"ask\"]");
                assertThat(List.of(client.text(), client.text(), client.text(), client.text(), client.text()))
                        .containsExactly("42[\"a\",null]", "42[\"b\",null]", "42[\"c\",null,1,null]",
                                "42[\"d\",null]", "42[\"e\",null]");
                assertThat(client.text()).matches("42\\d+\\[\"f\",null]");
                assertThat(client.text()).matches("42\\d+\\[\"g\",null]");
                assertThat(client.text()).isEqualTo("431[null]");
            }
        }

        @Test
        void should_send_again_what_is_null_in_it() {
            try (var recovering = TestServer
                    .start(SocketIoServer.builder().recovery(InMemoryRecovery.create()).build());
                    var client = recovering.webSocket()) {
                client.send("40");
                assertThat(client.text()).startsWith("40{");
                await().until(() -> !recovering.main().sockets().isEmpty());
                recovering.main().emit("a", (Object) null);
                assertThat(client.text()).startsWith("42[\"a\",null,\"");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener",
                "removeListener"})
        void should_refuse_to_emit_reserved_names(String name) {
            var patience = Duration.ofSeconds(1);
            try (var client = server.connectedWebSocket()) {
                var socket = server.connected(1).getFirst();
                List<ThrowingCallable> ways = List.of(() -> server.main().emit(name, 1),
                        () -> server.main().to("nobody").emit(name), () -> socket.emit(name),
                        () -> socket.emitVolatile(name), () -> socket.emitFloor(name),
                        () -> socket.emitWithAck(patience, name),
                        () -> server.main().broadcast().emitWithAck(patience, name));
                assertThat(ways).allSatisfy(way -> assertThatIllegalArgumentException().isThrownBy(way)
                        .withMessageContaining("\"" + name + "\" is a reserved event name"));
                socket.emit("allowed");
                assertThat(client.text()).isEqualTo("42[\"allowed\"]");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener",
                "removeListener"})
        void should_close_on_reserved_names_as_the_official_server_does(String name) {
            try (var client = server.connectedWebSocket()) {
                client.send("42[\"" + name + "\"]");
                assertThat(client.awaitClose()).isEqualTo(1007);
            }
        }

        @Test
        void should_take_a_room_that_is_named_twice() {
            try (var client = server.connectedWebSocket()) {
                server.connected(1).getFirst().join("a", "a");
                server.main().to("a", "a").emit("once");
                server.main().emit("end");
                assertThat(client.text()).isEqualTo("42[\"once\"]");
                assertThat(client.text()).isEqualTo("42[\"end\"]");
            }
            assertThat(Verdict.accept().join("a", "a").rooms()).containsExactly("a");
        }
    }

    @Nested
    @DisplayName("Connection to a namespace")
    class ConnectSection {

        @Test
        void should_answer_with_the_socket_id_and_no_more() {
            try (var client = server.webSocket()) {
                client.send("40");
                assertThat(client.text())
                        .isEqualTo("40{\"sid\":\"" + server.connected(1).getFirst().id() + "\"}");
            }
        }

        @Test
        void should_show_auth_query_and_headers_to_the_middleware() {
            var seen = new CopyOnWriteArrayList<Handshake>();
            server.main().use(handshake -> {
                seen.add(handshake);
                return Verdict.accept();
            });
            try (var client = server.webSocket("X-House: Gryffindor")) {
                client.send("40{\"token\":\"123\"}");
                var _ = client.next();
            }
            var handshake = seen.getFirst();
            assertThat(handshake.auth("token")).contains("123");
            assertThat(handshake.auth("other")).isEmpty();
            assertThat(handshake.query("transport")).contains("websocket");
            assertThat(handshake.header("x-house")).contains("Gryffindor");
            assertThat(handshake.request().headers().all("X-HOUSE")).containsExactly("Gryffindor");
            assertThat(handshake.remoteAddress().isLoopbackAddress()).isTrue();
            assertThat(handshake.namespace()).isEqualTo("/");
            assertThat(handshake.request().secure()).isFalse();
        }

        @Test
        void should_join_another_namespace_beside_the_main_one() {
            server.server().of("/custom").onConnection(socket -> socket.emit("hello"));
            try (var client = server.connectedWebSocket()) {
                client.send("40/custom,{\"a\":1}");
                assertThat(client.text()).startsWith("40/custom,{\"sid\":");
                assertThat(client.text()).isEqualTo("42/custom,[\"hello\"]");
                client.send("41/custom");
                await().until(() -> server.server().of("/custom").sockets().isEmpty());
                assertThat(server.main().sockets()).hasSize(1);
            }
        }

        @Test
        void should_refuse_an_unknown_namespace() {
            try (var client = server.webSocket()) {
                client.send("40/random");
                assertThat(client.text()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
            }
        }

        @Test
        void should_refuse_with_the_message_and_data_of_the_middleware_and_ask_no_further() {
            var asked = new CopyOnWriteArrayList<String>();
            server.main().use(_ -> Verdict.refuse("Not you", Map.of("code", 7))).use(_ -> {
                asked.add("second");
                return Verdict.accept();
            });
            try (var client = server.webSocket()) {
                client.send("40");
                assertThat(client.text()).isEqualTo("44{\"message\":\"Not you\",\"data\":{\"code\":7}}");
            }
            assertThat(asked).isEmpty();
            assertThat(server.main().sockets()).isEmpty();
        }

        @Test
        void should_refuse_without_details_when_the_middleware_fails() {
            server.main().use(_ -> {
                throw new IllegalStateException("the database's password is swordfish");
            });
            try (var client = server.webSocket()) {
                client.send("40");
                assertThat(client.text()).isEqualTo("44{\"message\":\"Internal server error\"}");
            }
        }

        @Test
        void should_combine_what_several_middlewares_accept_with() {
            server.main().use(_ -> Verdict.accept().user("harry").attach(Integer.class, 1).join("a"))
                    .use(_ -> Verdict.accept().attach(String.class, "x").attach(Integer.class, 2).join("b"));
            try (var _ = server.connectedWebSocket()) {
                var socket = server.connected(1).getFirst();
                assertThat(socket.user()).contains("harry");
                assertThat(socket.attachment(Integer.class)).isEqualTo(2);
                assertThat(socket.attachment(String.class)).isEqualTo("x");
                assertThat(socket.rooms()).containsExactlyInAnyOrder("a", "b", socket.id());
                socket.attach(String.class, "y");
                assertThat(socket.attachment(String.class)).isEqualTo("y");
                org.assertj.core.api.Assertions.assertThatIllegalStateException()
                        .isThrownBy(() -> socket.attachment(Long.class)).withMessageContaining("Long");
            }
        }

        @Test
        void should_keep_nothing_of_a_client_that_leaves_in_the_moment_in_which_it_is_accepted() {
            for (var i = 0; i < 200; i++) {
                try (var client = server.webSocket()) {
                    client.send("40");
                    client.send("41");
                    client.send("40");
                    client.send("41");
                }
            }
            await().until(() -> server.server().sessionCount() == 0 && server.main().sockets().isEmpty());
        }

        @Test
        void should_send_and_join_nothing_before_the_middleware_has_accepted() {
            var gate = new CountDownLatch(1);
            server.main().use(_ -> {
                gate.await();
                return Verdict.accept().join("room");
            });
            try (var client = server.webSocket()) {
                client.send("40");
                server.main().emit("secret");
                await().during(Duration.ofMillis(100)).until(() -> server.main().sockets("room").isEmpty());
                assertThat(client.frames()).hasSize(1);
                gate.countDown();
                assertThat(client.text()).startsWith("40");
                server.connected(1);
                server.main().to("room").emit("public");
                assertThat(client.text()).isEqualTo("42[\"public\"]");
            }
        }

        @Test
        void should_close_a_client_that_connects_to_nothing() {
            try (var strict = TestServer.start(settings -> settings.connectTimeout(Duration.ofMillis(100)))) {
                try (var client = strict.webSocket()) {
                    var _ = client.awaitClose();
                }
                assertThat(strict.server().sessionCount()).isZero();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"40[]", "40\"x\"", "40{", "42[\"early\"]", "41", "43[]", "431[1]"})
        void should_close_a_client_that_begins_with_anything_else(String packet) {
            try (var client = server.webSocket()) {
                client.send(packet);
                var _ = client.awaitClose();
            }
        }

        @Test
        void should_close_a_client_that_connects_twice() {
            try (var client = server.connectedWebSocket()) {
                client.send("40");
                assertThat(client.awaitClose()).isEqualTo(1007);
            }
        }

        @Test
        void should_close_a_client_that_is_in_too_many_namespaces() {
            for (var name : new String[]{"/1", "/2", "/3"}) {
                server.server().of(name);
            }
            try (var client = server.connectedWebSocket()) {
                client.send("40/1");
                client.send("40/2");
                client.send("40/3");
                assertThat(client.awaitClose()).isEqualTo(1007);
            }
        }

        @Test
        void should_let_a_client_come_back_that_left() {
            try (var client = server.connectedWebSocket()) {
                client.send("41");
                assertThat(server.disconnected(1)).containsExactly(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
                client.send("42[\"late\"]");
                client.send("40");
                assertThat(client.text()).startsWith("40");
            }
        }
    }

    @Nested
    @DisplayName("Sending and receiving data")
    class EventSection {

        @Test
        void should_echo_arguments_of_every_kind() {
            server.main().on("message", (socket, event) -> socket.emit("message-back", event.args().toArray()));
            try (var client = server.connectedWebSocket()) {
                client.send("42[\"message\",1,\"2\",{\"3\":[true]},null,1.5,\"é\\u2028\"]");
                assertThat(client.text()).isEqualTo("42[\"message-back\",1,\"2\",{\"3\":[true]},null,1.5,\"é\u2028\"]");
            }
        }

        @Test
        void should_echo_attachments_wherever_they_are() {
            server.main().on("message", (socket, event) -> socket.emit("message-back", event.args().toArray()));
            try (var client = server.connectedWebSocket()) {
                client.send(
                        "452-[\"message\",{\"_placeholder\":true,\"num\":1},[{\"x\":{\"_placeholder\":true,\"num\":0}}]]");
                client.send(new byte[]{1, 2, 3});
                client.send(new byte[]{4, 5});
                assertThat(client.text()).isEqualTo(
                        "452-[\"message-back\",{\"_placeholder\":true,\"num\":0},[{\"x\":{\"_placeholder\":true,\"num\":1}}]]");
                assertThat(client.next().data()).containsExactly(4, 5);
                assertThat(client.next().data()).containsExactly(1, 2, 3);
            }
        }

        @Test
        void should_convert_arguments_to_classes() {
            record Spell(String name, int power, ByteBuffer rune) {}
            server.main().on("cast", Spell.class,
                    (socket, spell, event) -> event.ack(spell.name(), spell.power(), spell.rune().remaining()));
            try (var client = server.connectedWebSocket()) {
                client.send(
                        "451-1[\"cast\",{\"name\":\"lumos\",\"power\":3,\"rune\":{\"_placeholder\":true,\"num\":0}}]");
                client.send(new byte[]{1, 2});
                assertThat(client.text()).isEqualTo("431[\"lumos\",3,2]");
            }
        }

        @Test
        void should_tell_the_error_handler_of_arguments_that_do_not_fit() {
            server.main().on("number", Integer.class, (socket, number, event) -> event.ack(number))
                    .onError((socket, event, error) -> event.ack(Map.of("error", error.getMessage())));
            try (var client = server.connectedWebSocket()) {
                client.send("421[\"number\",\"many\"]");
                assertThat(client.text()).startsWith("431[{\"error\":\"Argument 0 of event number is no Integer: ");
                client.send("422[\"number\"]");
                assertThat(client.text())
                        .isEqualTo("432[{\"error\":\"Event number has no argument 0; expected Integer\"}]");
            }
        }

        @Test
        void should_handle_the_events_of_a_socket_one_after_the_other() {
            var order = new CopyOnWriteArrayList<Integer>();
            server.main().on("n", Integer.class, (socket, n, event) -> {
                order.add(n);
            });
            try (var client = server.connectedWebSocket()) {
                for (var i = 0; i < 200; i++) {
                    client.send("42[\"n\",%d]".formatted(i));
                }
                await().until(() -> order.size() == 200);
            }
            assertThat(order).isSorted();
        }

        @Test
        void should_prefer_the_handler_of_the_socket_and_fall_back_to_the_one_for_all_else() {
            server.main().on("known", (socket, event) -> event.ack("namespace"))
                    .onUnhandled((socket, event) -> event.ack("unknown", event.name()));
            try (var client = server.connectedWebSocket()) {
                client.send("421[\"known\"]");
                assertThat(client.text()).isEqualTo("431[\"namespace\"]");
                server.connected(1).getFirst().on("known", String.class, (socket, text, event) -> event.ack(text));
                client.send("422[\"known\",\"own\"]");
                assertThat(client.text()).isEqualTo("432[\"own\"]");
                client.send("423[\"alohomora\"]");
                assertThat(client.text()).isEqualTo("433[\"unknown\",\"alohomora\"]");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"4abc", "42{}", "42[]", "42", "42[1", "42[{}]", "42[null]", "42[\"connect\"]",
                "42[\"disconnect\"]", "42abc[\"x\"]", "42[\"x\"]x", "44{}", "47", "45[\"x\"]", "45-[\"x\"]",
                "459-[\"x\"]", "4599999-[\"x\"]", "42/nowhere,[\"x\"]", "421234567890123456[\"x\"]", "43[1]", "43x[1]",
                "431{}", "46-[]", "41{}"})
        void should_close_a_client_that_sends_what_is_no_packet(String packet) {
            try (var client = server.connectedWebSocket(); var neighbour = server.connectedWebSocket()) {
                client.send(packet);
                assertThat(client.awaitClose()).isEqualTo(1007);
                assertThat(server.disconnected(1)).containsExactly(DisconnectReason.PARSE_ERROR);
                assertThat(neighbour.isOpen()).isTrue();
            }
        }

        @Test
        void should_close_a_client_whose_attachments_do_not_fit() {
            try (var client = server.connectedWebSocket()) {
                client.send(new byte[]{1});
                assertThat(client.awaitClose()).isEqualTo(1007);
            }
            try (var client = server.connectedWebSocket()) {
                client.send("451-[\"x\",{\"_placeholder\":true,\"num\":0}]");
                client.send("42[\"y\"]");
                assertThat(client.awaitClose()).isEqualTo(1007);
            }
            try (var client = server.connectedWebSocket()) {
                client.send("451-[\"x\",{\"_placeholder\":true,\"num\":5}]");
                client.send(new byte[]{1});
                assertThat(client.awaitClose()).isEqualTo(1007);
            }
        }

        @Test
        void should_survive_json_that_is_nested_without_end() {
            try (var client = server.connectedWebSocket()) {
                client.send("42" + "[".repeat(100_000));
                assertThat(client.awaitClose()).isEqualTo(1007);
            }
        }
    }

    @Nested
    @DisplayName("Acknowledgement")
    class AckSection {

        @Test
        void should_acknowledge_an_event_once() {
            server.main().on("ask", (socket, event) -> {
                assertThat(event.wantsAck()).isTrue();
                event.ack("first");
                event.ack("second");
                socket.emit("after");
            });
            try (var client = server.connectedWebSocket()) {
                client.send("42456[\"ask\"]");
                assertThat(client.text()).isEqualTo("43456[\"first\"]");
                assertThat(client.text()).isEqualTo("42[\"after\"]");
            }
        }

        @Test
        void should_acknowledge_with_attachments() {
            server.main().on("ask", (socket, event) -> event.ack(new byte[]{7}, "x"));
            try (var client = server.connectedWebSocket()) {
                client.send("420[\"ask\"]");
                assertThat(client.text()).isEqualTo("461-0[{\"_placeholder\":true,\"num\":0},\"x\"]");
                assertThat(client.next().data()).containsExactly(7);
            }
        }

        @Test
        void should_ignore_ack_when_nobody_waits() {
            server.main().on("tell", (socket, event) -> {
                event.ack("unheard");
                socket.emit("done", event.wantsAck());
            });
            try (var client = server.connectedWebSocket()) {
                client.send("42[\"tell\"]");
                assertThat(client.text()).isEqualTo("42[\"done\",false]");
            }
        }

        @Test
        void should_get_the_clients_acknowledgement() {
            try (var client = server.connectedWebSocket()) {
                var reply = server.connected(1).getFirst().emitWithAck(Duration.ofSeconds(5), "question", 42);
                var text = client.text();
                assertThat(text).matches("42\\d+\\[\"question\",42]");
                var id = text.substring(2, text.indexOf('['));
                client.send("43" + id + "[\"answer\"]");
                assertThat(reply.join()).singleElement()
                        .satisfies(arg -> assertThat(arg.asString()).isEqualTo("answer"));
                client.send("43" + id + "[\"again\"]");
                assertThat(client.isOpen()).isTrue();
            }
        }

        @Test
        void should_fail_an_acknowledgement_that_does_not_come() {
            try (var client = server.connectedWebSocket()) {
                var socket = server.connected(1).getFirst();
                var late = socket.emitWithAck(Duration.ofMillis(50), "question");
                org.assertj.core.api.Assertions.assertThatThrownBy(late::join).isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(TimeoutException.class);
                var gone = socket.emitWithAck(Duration.ofSeconds(30), "question");
                client.hangUp();
                org.assertj.core.api.Assertions.assertThatThrownBy(gone::join)
                        .hasCauseInstanceOf(DisconnectedException.class);
                org.assertj.core.api.Assertions
                        .assertThatThrownBy(socket.emitWithAck(Duration.ofSeconds(30), "question")::join)
                        .hasCauseInstanceOf(DisconnectedException.class);
            }
        }
    }

    @Nested
    @DisplayName("Disconnection from a namespace")
    class DisconnectSection {

        @Test
        void should_disconnect_from_the_server_and_keep_the_connection() {
            try (var client = server.connectedWebSocket()) {
                var socket = server.connected(1).getFirst();
                var own = new CopyOnWriteArrayList<DisconnectReason>();
                socket.onDisconnect(own::add);
                socket.disconnect();
                assertThat(client.text()).isEqualTo("41");
                assertThat(server.disconnected(1)).containsExactly(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
                assertThat(own).containsExactly(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
                assertThat(socket.isConnected()).isFalse();
                socket.join("too late");
                socket.emit("too late");
                assertThat(server.main().rooms()).isEmpty();
                client.send("40");
                assertThat(client.text()).startsWith("40");
            }
        }

        @Test
        void should_handle_what_a_client_said_before_it_left_and_nothing_after_it_was_sent_away() {
            var gate = new CountDownLatch(1);
            var handled = new CopyOnWriteArrayList<String>();
            server.main().on("wait", (socket, event) -> gate.await())
                    .on("say", String.class, (socket, text, event) -> handled.add(text));
            try (var leaving = server.connectedWebSocket()) {
                leaving.send("42[\"wait\"]");
                leaving.send("42[\"say\",\"goodbye\"]");
                leaving.send("41");
                await().until(() -> server.main().sockets().isEmpty());
            }
            try (var expelled = server.connectedWebSocket()) {
                expelled.send("42[\"wait\"]");
                expelled.send("42[\"say\",\"unheard\"]");
                expelled.send("421[\"nothing\"]");
                await().during(Duration.ofMillis(50)).until(() -> true);
                server.connected(2).getLast().disconnect();
            }
            gate.countDown();
            assertThat(server.disconnected(2)).hasSize(2);
            assertThat(handled).containsExactly("goodbye");
        }

        @Test
        void should_run_the_disconnect_handlers_after_the_last_event() {
            var order = new CopyOnWriteArrayList<String>();
            server.main().on("slow", (socket, event) -> {
                await().during(Duration.ofMillis(50)).until(() -> true);
                order.add("event");
            }).onDisconnect((socket, reason) -> order.add("disconnect in " + socket.rooms().contains("room")));
            try (var client = server.connectedWebSocket()) {
                server.connected(1).getFirst().join("room");
                client.send("42[\"slow\"]");
                client.send("41");
                await().untilAsserted(() -> assertThat(order).containsExactly("event", "disconnect in true"));
            }
        }
    }
}
