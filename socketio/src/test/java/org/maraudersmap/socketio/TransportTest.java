package org.maraudersmap.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maraudersmap.socketio.testkit.Patience.await;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.net.ssl.KeyManagerFactory;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.socketio.testkit.OfficialClients;
import org.maraudersmap.socketio.testkit.RawWebSocket;
import org.maraudersmap.socketio.testkit.TestServer;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

@DisplayName("What carries it: io_uring, epoll, NIO, TLS, compression, somebody else's pipeline")
class TransportTest {
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private static SocketIoServer echo() {
        var server = SocketIoServer.create();
        server.of("/").on("ask", (socket, event) -> event.ack(event.args().toArray()));
        return server;
    }

    @ParameterizedTest
    @EnumSource
    void should_run_on_every_kind_of_event_loop(Endpoint.Transport transport) {
        try (var server = TestServer.start(echo(), Endpoint.of("localhost", 0).threads(1).transport(transport));
                var client = server.connectedWebSocket()) {
            assertThat(server.transport()).isIn(switch (transport) {
                case AUTO -> List.of("epoll", "nio");
                case IO_URING -> List.of("io_uring", "epoll", "nio");
                case NIO -> List.of("nio");
            });
            client.send("421[\"ask\",1]");
            assertThat(client.text()).isEqualTo("431[1]");
        }
    }

    @Test
    void should_say_which_port_is_taken() {
        try (var server = TestServer.start()) {
            Assertions.assertThatIllegalStateException()
                    .isThrownBy(() -> SocketIoServer.create().bind("localhost", server.port()).close())
                    .withMessageContaining("localhost:" + server.port());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void should_work_under_tls(String transport, @TempDir Path directory) throws Exception {
        var store = directory.resolve("server.p12");
        var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-validity", "2",
                "-keystore", store.toString(), "-storepass", "swordfish", "-storetype", "PKCS12").inheritIO().start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, "swordfish".toCharArray());
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "swordfish".toCharArray());
        var endpoint = Endpoint.of("localhost", 0).threads(1).tls(SslContextBuilder.forServer(factory).build());
        try (var server = TestServer.start(echo(), endpoint); var clients = new OfficialClients()) {
            var client = clients.connect("https://localhost:" + server.port(),
                    Map.of("transports", List.of(transport), "rejectUnauthorized", false));
            var _ = client.connected();
            assertThat(client.ask("ask", "x".repeat(100_000)).get(0).asString()).hasSize(100_000);
            client.disconnect();
            await().until(() -> server.main().sockets().isEmpty());
        }
    }

    @Test
    void should_compress_only_when_asked_to() throws Exception {
        var settings = SocketIoSettings.builder().engine(engine -> engine.compression(true).maxPayload(100_000));
        var compressing = SocketIoServer.builder().settings(settings.build()).build();
        compressing.of("/").on("ask", (socket, event) -> event.ack(event.args().toArray()));
        try (var server = TestServer.start(compressing)) {
            try (var plain = server.connectedWebSocket();
                    var client = RawWebSocket.open(server.port(), WEBSOCKET,
                            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
                assertThat(client.header("sec-websocket-extensions")).startsWith("permessage-deflate");
                var _ = client.next();
                client.frame(0xc1, deflate("40"));
                assertThat(client.text()).startsWith("40");
                var text = "lumos ".repeat(1000);
                client.frame(0xc1, deflate("421[\"ask\",\"" + text + "\"]"));
                var answer = client.next();
                assertThat(answer.compressed()).isTrue();
                assertThat(answer.data().length).isLessThan(200);
                assertThat(inflate(answer.data())).isEqualTo("431[\"" + text + "\"]");
                server.connected(2);
                server.main().emit("x", text, text.getBytes(StandardCharsets.UTF_8));
                assertThat(inflate(client.next().data())).contains(text);
                assertThat(inflate(client.next().data())).isEqualTo(text);
                assertThat(plain.next().text()).contains(text);
                server.main().emit("short");
                assertThat(client.text()).isEqualTo("42[\"short\"]");
                // A bomb is not unpacked.
                client.frame(0xc1, deflate("4" + "x".repeat(10_000_000)));
                assertThat(client.awaitClose()).isEqualTo(1009);
            }
            try (var client = RawWebSocket.open(server.port(), WEBSOCKET,
                    "Sec-WebSocket-Extensions: permessage-deflate")) {
                client.frame(0xc1, new byte[]{(byte) 0xff, 1, 2, 3});
                assertThat(client.awaitClose()).isEqualTo(1007);
            }
        }
        try (var server = TestServer.start();
                var client = RawWebSocket.open(server.port(), WEBSOCKET,
                        "Sec-WebSocket-Extensions: permessage-deflate")) {
            assertThat(client.header("sec-websocket-extensions")).isEmpty();
        }
    }

    @Test
    void should_compress_for_the_official_client() {
        var server = SocketIoServer.builder().settings(SocketIoSettings.builder()
                .engine(engine -> engine.compression(true).compressionThreshold(10)).build()).build();
        server.of("/").on("ask", (socket, event) -> event.ack(event.args().toArray()));
        try (var running = TestServer.start(server); var clients = new OfficialClients()) {
            var client = clients.connect(running.url(), Map.of("transports", List.of("websocket"),
                    "perMessageDeflate", Map.of("threshold", 10)));
            var _ = client.connected();
            for (var i = 0; i < 5; i++) {
                assertThat(client.ask("ask", "accio ".repeat(500)).get(0).asString()).hasSize(3000);
            }
            client.disconnect();
        }
    }

    private static byte[] deflate(String text) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        var out = new byte[text.length() + 100];
        var length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return java.util.Arrays.copyOf(out, length - 4);
    }

    private static String inflate(byte[] data) throws DataFormatException {
        var inflater = new Inflater(true);
        var out = new ByteArrayOutputStream();
        var buffer = new byte[10_000];
        for (var input : new byte[][]{data, {0, 0, -1, -1}}) {
            inflater.setInput(input);
            while (!inflater.needsInput()) {
                out.write(buffer, 0, inflater.inflate(buffer));
            }
        }
        inflater.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void should_live_in_the_pipelines_of_reactor_netty_and_leave_its_requests_alone() throws Exception {
        var server = echo();
        var reactor = HttpServer.create().host("localhost").port(0)
                .doOnChannelInit((observer, channel, remote) -> channel.pipeline().addAfter(NettyPipeline.HttpCodec,
                        "socketio", server.handler()))
                .route(routes -> routes.get("/hello", (request, response) -> response.sendString(
                        Mono.delay(Duration.ofMillis(20)).map(_ -> "hello")))
                        .post("/upload", (request, response) -> response
                                .sendString(request.receive().aggregate().asString().map(body -> "got " + body))))
                .bindNow();
        try (var clients = new OfficialClients()) {
            var url = "http://localhost:" + reactor.port();
            for (var transports : List.of(List.of("websocket"), List.of("polling"), List.of("polling", "websocket"))) {
                var client = clients.connect(url, Map.of("transports", transports));
                var _ = client.connected();
                if (transports.size() == 2) {
                    var _ = client.next("upgrade");
                }
                assertThat(client.ask("ask", transports.toString()).get(0).asString()).isEqualTo(transports.toString());
                client.disconnect();
            }
            await().until(() -> server.of("/").sockets().isEmpty());
            assertThat(alternate(reactor.port())).containsExactly("hello", "0{", "got owl", "Session ID unknown",
                    "hello",
                    "0{");
        } finally {
            assertThat(server.shutdown(Duration.ofSeconds(5))).isTrue();
            reactor.disposeNow();
        }
    }

    /** Requests of both kinds on one connection, each sent without waiting for the one before. */
    private static List<String> alternate(int port) throws IOException {
        try (var tcp = new java.net.Socket("localhost", port)) {
            var open = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n";
            var hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
            var upload = "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nowl";
            var post = "POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n40";
            var lastOpen = open.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
            tcp.getOutputStream().write(
                    (hello + open + upload + post + hello + lastOpen).getBytes(StandardCharsets.ISO_8859_1));
            tcp.setSoTimeout(10_000);
            var text = new String(tcp.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return List.of("hello", "0{", "got owl", "Session ID unknown").stream()
                    .flatMap(word -> positions(text, word).stream().map(at -> Map.entry(at, word)))
                    .sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue).toList();
        }
    }

    private static List<Integer> positions(String text, String word) {
        var positions = new java.util.ArrayList<Integer>();
        for (var at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            positions.add(at);
        }
        return positions;
    }
}
