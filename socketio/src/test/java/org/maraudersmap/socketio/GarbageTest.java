package org.maraudersmap.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maraudersmap.socketio.testkit.Patience.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.maraudersmap.socketio.testkit.LogWatch;
import org.maraudersmap.socketio.testkit.OfficialClients;
import org.maraudersmap.socketio.testkit.RawWebSocket;
import org.maraudersmap.socketio.testkit.TestServer;

/**
 * Throws mutated requests, payloads and frames at a live server. {@code -Dgarbage.runs=100000} makes it long;
 * {@code -Dgarbage.seed} repeats a run.
 */
@Isolated("it watches the log")
@DisplayName("Garbage")
class GarbageTest {
    private static final int RUNS = Integer.getInteger("garbage.runs", 600);
    private static final long SEED = Long.getLong("garbage.seed", System.nanoTime());

    private static final String UPGRADE = "|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13|";
    private static final List<String> REQUESTS = Stream.of("GET /socket.io/?EIO=4&transport=polling HTTP/1.1|Host: x||",
            "GET /socket.io/?EIO=4&transport=polling&sid=SID HTTP/1.1|Host: x||",
            "POST /socket.io/?EIO=4&transport=polling&sid=SID HTTP/1.1|Host: x|Content-Length: 2||40",
            "POST /socket.io/?EIO=4&transport=polling&sid=SID HTTP/1.1|Transfer-Encoding: chunked||2|40|0||",
            "OPTIONS /socket.io/?EIO=4&transport=polling HTTP/1.1|Host: x|Origin: http://x||",
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1" + UPGRADE
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==||",
            "GET /socket.io/?EIO=4&transport=websocket&sid=SID HTTP/1.1" + UPGRADE + "Sec-WebSocket-Key: x||",
            "GET /elsewhere HTTP/1.1|Host: x||").map(request -> request.replace("|", "\r\n")).toList();
    private static final List<String> MESSAGES = List.of("40", "40/x,{\"a\":1}", "41", "2probe", "3", "5", "6", "1",
            "42[\"echo\",1]", "421[\"echo\",{\"a\":[null]}]", "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]",
            "461-0[{\"_placeholder\":true,\"num\":0}]", "430[1]", "bAQID", "b", "4", "40\u001e42[\"echo\"]\u001e1");

    @Test
    void should_survive_whatever_comes() throws Exception {
        var random = new Random(SEED);
        try (var log = new LogWatch();
                var clients = new OfficialClients();
                var server = TestServer.start(settings -> settings.connectTimeout(Duration.ofMillis(300))
                        // Heartbeats come often, but nobody dies of a machine that is busy.
                        .engine(engine -> engine.maxPayload(10_000).pingInterval(Duration.ofMillis(300))
                                .pingTimeout(Duration.ofMinutes(5)).upgradeTimeout(Duration.ofMillis(200))))) {
            server.main().on("echo", (socket, event) -> {
                socket.emit("back", event.args().toArray());
                event.ack(event.args().toArray());
            });
            server.server().of("/x");
            var canary = clients.connect(server.url(), java.util.Map.of("transports", List.of("websocket")));
            var _ = canary.connected();
            // On a machine that is busy, a first attempt may have come too late.
            var attempts = canary.reports("disconnect").size();
            var sid = server.openPolling();
            var atOnce = new Semaphore(32);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var run = 0; run < RUNS; run++) {
                    var seed = random.nextLong();
                    if (run % 50 == 0) {
                        sid = server.openPolling();
                    }
                    var session = sid;
                    atOnce.acquire();
                    var _ = threads.submit(() -> {
                        try {
                            attack(server, new Random(seed), session);
                        } finally {
                            atOnce.release();
                        }
                        return null;
                    });
                }
            }
            assertThat(canary.ask("echo", "alive").get(0).asString()).isEqualTo("alive");
            assertThat(canary.reports("disconnect")).hasSize(attempts);
            canary.disconnect();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                // Who is in a namespace and said no goodbye; all others have not connected in time.
                for (var namespace : List.of(server.main(), server.server().of("/x"))) {
                    namespace.sockets().forEach(socket -> socket.closeConnection());
                }
                return server.server().sessionCount() == 0;
            });
            await().until(() -> server.main().sockets().isEmpty() && server.server().of("/x").sockets().isEmpty());
            assertThat(log.complaints()).as("seed %d", SEED).isEmpty();
        }
    }

    private static void attack(TestServer server, Random random, String sid) {
        try (var tcp = new Socket("localhost", server.port())) {
            if (random.nextInt(3) == 0) {
                webSocket(tcp, random);
            } else {
                for (var i = random.nextInt(3); i >= 0; i--) {
                    var text = REQUESTS.get(random.nextInt(REQUESTS.size())).replace("SID", sid);
                    tcp.getOutputStream().write(mutate(text.getBytes(StandardCharsets.ISO_8859_1), random));
                }
                tcp.setSoTimeout(1 + random.nextInt(20));
                var _ = tcp.getInputStream().read(new byte[1000]);
            }
        } catch (IOException | IllegalStateException e) {
            // The server closed it; that is its right.
        }
    }

    private static void webSocket(Socket tcp, Random random) throws IOException {
        var webSocket = RawWebSocket.open(tcp, "/socket.io/?EIO=4&transport=websocket"
                + (random.nextBoolean() ? "&b64=1" : ""), false);
        if (random.nextBoolean()) {
            webSocket.send("40");
        }
        for (var i = random.nextInt(6); i >= 0; i--) {
            var message = mutate(MESSAGES.get(random.nextInt(MESSAGES.size())).getBytes(StandardCharsets.UTF_8),
                    random);
            switch (random.nextInt(8)) {
                case 0 -> webSocket.send(message);
                case 1 -> webSocket.frame(random.nextInt(256), message);
                case 2 -> webSocket.raw(message);
                case 3 -> {
                    webSocket.frame(0x01, message);
                    webSocket.frame(0x80, message);
                }
                case 4 -> webSocket.raw(new byte[]{(byte) 0x81, (byte) random.nextInt(256), 1, 2, 3});
                default -> webSocket.frame(0x81, message);
            }
        }
        tcp.setSoTimeout(1 + random.nextInt(20));
        var _ = tcp.getInputStream().read(new byte[1000]);
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(bytes);
        for (var i = random.nextInt(3); i > 0; i--) {
            var now = out.toByteArray();
            out.reset();
            var at = now.length == 0 ? 0 : random.nextInt(now.length);
            var length = Math.min(now.length - at, random.nextInt(6));
            switch (random.nextInt(5)) {
                case 0 -> {
                    out.write(now, 0, at);
                    out.write(now, at + length, now.length - at - length);
                }
                case 1 -> {
                    out.write(now, 0, at + length);
                    out.write(now, at, now.length - at);
                }
                case 2 -> {
                    out.write(now, 0, at);
                    out.write(random.nextInt(256));
                    out.write(now, at, now.length - at);
                }
                case 3 -> out.write(now, 0, at);
                default -> {
                    out.writeBytes(now);
                    out.writeBytes("x".repeat(random.nextInt(12_000)).getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        return out.toByteArray();
    }
}
