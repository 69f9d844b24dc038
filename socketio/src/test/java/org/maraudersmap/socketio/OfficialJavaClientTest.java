package org.maraudersmap.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maraudersmap.socketio.testkit.Patience.await;

import io.socket.client.Ack;
import io.socket.client.IO;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The official Java client")
class OfficialJavaClientTest {
    private SocketIoServer server = server();
    private BoundEndpoint endpoint = server.bind("localhost", 0);
    private final List<io.socket.client.Socket> clients = new CopyOnWriteArrayList<>();

    enum Way {
        WEBSOCKET, POLLING, UPGRADE;

        String[] transports() {
            return switch (this) {
                case WEBSOCKET -> new String[]{"websocket"};
                case POLLING -> new String[]{"polling"};
                case UPGRADE -> new String[]{"polling", "websocket"};
            };
        }
    }

    private static SocketIoServer server() {
        var server = SocketIoServer.create();
        server.of("/").on("ask", (_, event) -> event.ack(event.args().toArray()));
        return server;
    }

    @AfterEach
    void stop() throws Exception {
        clients.forEach(io.socket.client.Socket::disconnect);
        stopServer();
    }

    private void stopServer() throws InterruptedException {
        assertThat(server.shutdown(Duration.ofSeconds(5))).isTrue();
        endpoint.close();
    }

    private io.socket.client.Socket client(Way way, AtomicInteger connections) {
        var options = IO.Options.builder().setForceNew(true).setTransports(way.transports()).setReconnectionDelay(100)
                .setReconnectionDelayMax(500).build();
        var client = IO.socket(URI.create("http://localhost:" + endpoint.port()), options);
        client.on(io.socket.client.Socket.EVENT_CONNECT, _ -> connections.incrementAndGet());
        clients.add(client);
        client.connect();
        await().until(() -> connections.get() == 1);
        return client;
    }

    private static List<Object> ask(io.socket.client.Socket client, Object... args) {
        var answer = new CompletableFuture<List<Object>>();
        client.emit("ask", args, (Ack) reply -> answer.complete(Arrays.asList(reply)));
        return answer.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @ParameterizedTest
    @EnumSource
    void should_exchange_long_binary_values(Way way) {
        var client = client(way, new AtomicInteger());
        for (var length : List.of(0, 1, 57, 58, 1_000, 100_000)) {
            var bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            var answer = ask(client, bytes, "x");
            assertThat((byte[]) answer.getFirst()).isEqualTo(bytes);
            assertThat(answer.getLast()).isEqualTo("x");
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_be_back_within_seconds_after_a_stop_and_a_start(Way way) throws Exception {
        var connections = new AtomicInteger();
        var client = client(way, connections);
        assertThat(ask(client, 1)).containsExactly(1);
        var port = endpoint.port();

        stopServer();
        server = server();
        endpoint = server.bind("localhost", port);

        await().atMost(Duration.ofSeconds(5)).until(() -> connections.get() == 2);
        assertThat(ask(client, 2)).containsExactly(2);
    }
}
