package org.maraudersmap.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maraudersmap.socketio.testkit.Patience.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.maraudersmap.socketio.testkit.LogWatch;
import org.maraudersmap.socketio.testkit.RawWebSocket;
import org.maraudersmap.socketio.testkit.TestServer;

/** {@code -Dconcurrency.cycles=100000} and {@code -Dconcurrency.seconds=60} make it long. */
@Isolated("it watches the log")
@DisplayName("Races")
class ConcurrencyTest {
    private static final int CYCLES = Integer.getInteger("concurrency.cycles", 600);
    private static final long PAUSE = 200_000;
    private static final int SECONDS = Integer.getInteger("concurrency.seconds", 2);

    @Test
    void should_lose_no_room_and_no_order_while_all_join_leave_broadcast_and_go() throws Exception {
        try (var log = new LogWatch();
                var server = TestServer.start(SocketIoServer.builder().recovery(InMemoryRecovery.create()).build())) {
            var stop = new AtomicBoolean();
            var outOfOrder = new AtomicInteger();
            var received = new AtomicInteger();
            // Threads of their own: tasks that never wait would keep virtual threads, and so the server, from running.
            try (var threads = Executors.newCachedThreadPool()) {
                for (var i = 0; i < 16; i++) {
                    var _ = threads.submit(() -> comeAndGo(server, stop, outOfOrder, received));
                }
                for (var i = 0; i < 4; i++) {
                    var _ = threads.submit(() -> {
                        while (!stop.get()) {
                            for (var socket : server.main().sockets()) {
                                var room = "room" + ThreadLocalRandom.current().nextInt(5);
                                if (ThreadLocalRandom.current().nextBoolean()) {
                                    socket.join(room);
                                } else {
                                    socket.leave(room);
                                }
                            }
                            LockSupport.parkNanos(PAUSE);
                        }
                    });
                }
                for (var i = 0; i < 2; i++) {
                    var _ = threads.submit(() -> {
                        while (!stop.get()) {
                            server.main().to("room" + ThreadLocalRandom.current().nextInt(5)).emit("n");
                            server.main().emit("n");
                            LockSupport.parkNanos(PAUSE);
                        }
                    });
                }
                var _ = threads.submit(() -> {
                    while (!stop.get()) {
                        server.main().sockets().stream().skip(8).findFirst()
                                .ifPresent(socket -> {
                                    if (ThreadLocalRandom.current().nextBoolean()) {
                                        socket.disconnect();
                                    } else {
                                        socket.closeConnection();
                                    }
                                });
                        LockSupport.parkNanos(PAUSE * 20);
                    }
                });
                var end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
                await().atMost(Duration.ofSeconds(SECONDS + 10)).until(() -> System.nanoTime() > end);
                stop.set(true);
            }
            assertThat(outOfOrder).hasValue(0);
            assertThat(received.get()).isPositive();
            await().until(() -> server.server().sessionCount() == 0);
            // A session ends on its event loop, its sockets each on a task of their own afterwards.
            await().untilAsserted(() -> assertThat(server.main().sockets()).isEmpty());
            assertThat(server.main().rooms()).isEmpty();
            assertThat(log.complaints()).isEmpty();
        }
    }

    /** Connects again and again, and looks whether the offsets of what it hears only grow. */
    private static void comeAndGo(TestServer server, AtomicBoolean stop, AtomicInteger outOfOrder,
            AtomicInteger received) {
        while (!stop.get()) {
            try (var client = server.webSocket()) {
                client.send("40");
                long last = -1;
                var until = System.nanoTime() + ThreadLocalRandom.current().nextLong(200_000_000L);
                while (System.nanoTime() < until && client.isOpen()) {
                    var text = client.poll().map(RawWebSocket.Frame::text).orElse("");
                    if (text.startsWith("42[\"n\"")) {
                        var at = Offset.parse(text.substring(8, text.length() - 2)).orElseThrow().position();
                        if (at <= last) {
                            outOfOrder.incrementAndGet();
                        }
                        last = at;
                        received.incrementAndGet();
                    }
                }
            } catch (IllegalStateException e) {
                // It was disconnected by the server.
            }
        }
    }

    @Test
    void should_keep_nothing_of_those_who_have_gone() throws Exception {
        var recovery = new InMemoryRecovery(Duration.ofMinutes(2), 100, 100, Clock.systemUTC());
        var server = SocketIoServer.builder().recovery(recovery).build();
        server.of("/").use(_ -> Verdict.accept().user("u" + ThreadLocalRandom.current().nextInt(50)).join("everybody"));
        try (var log = new LogWatch(); var running = TestServer.start(server)) {
            cycles(running, Math.min(CYCLES / 3, 5000));
            var before = heapAfterCollection();
            cycles(running, CYCLES);
            assertThat(running.main().sockets()).isEmpty();
            assertThat(running.main().rooms()).isEmpty();
            // The test keeps each disconnect reason and socket it saw; allow for that and for noise.
            assertThat(heapAfterCollection() - before).isLessThan(8_000_000L + CYCLES * 100L);
            assertThat(log.complaints()).isEmpty();
        }
    }

    private static void cycles(TestServer server, int count) throws InterruptedException {
        var atOnce = new Semaphore(16);
        var failures = new ArrayList<Throwable>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < count; i++) {
                var way = i % 4;
                atOnce.acquire();
                var _ = threads.submit(() -> {
                    try {
                        cycle(server, way);
                    } catch (RuntimeException | AssertionError e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    } finally {
                        atOnce.release();
                    }
                });
            }
        }
        assertThat(failures).isEmpty();
        await().until(() -> server.server().sessionCount() == 0);
        await().until(() -> server.main().sockets().isEmpty());
    }

    private static void cycle(TestServer server, int way) {
        try (var client = RawWebSocket.open(server.port(), "/socket.io/?EIO=4&transport=websocket")) {
            var _ = client.next();
            client.send("40");
            if (way != 0) {
                assertThat(client.text()).startsWith("40");
            }
            if (way == 1) {
                client.send("41");
            } else if (way == 2) {
                client.send("1");
                var _ = client.awaitClose();
            }
        }
    }

    private static long heapAfterCollection() {
        for (var i : List.of(1, 2, 3)) {
            System.gc();
            assertThat(i).isPositive();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
