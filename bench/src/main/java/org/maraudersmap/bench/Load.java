package org.maraudersmap.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Reports incidents over several connections at once, either at a rate or as fast as they are answered. */
final class Load {
    private final int port;
    private final String token;
    private final int writers;

    Load(int port, String token, int writers) {
        this.port = port;
        this.token = token;
        this.writers = writers;
    }

    /** What became of it. */
    record Result(Latencies posts, int refused, Duration took) {

        double perSecond() {
            return posts.count() / (took.toNanos() / 1e9);
        }
    }

    private interface Writer {
        void write(HttpConnection connection, int number, Outcome outcome) throws IOException;
    }

    private static final class Outcome {
        final Latencies posts = new Latencies();
        final AtomicInteger refused = new AtomicInteger();

        void post(HttpConnection connection, long due) throws IOException {
            var status = connection.post("{\"title\":\"" + Stamp.title(due) + "\"}");
            if (status == 201) {
                posts.add(System.nanoTime() - due);
            } else {
                refused.incrementAndGet();
            }
        }
    }

    /** Each writer reports the next one as soon as the last is answered. */
    Result closedLoop(Duration window) throws InterruptedException {
        var end = System.nanoTime() + window.toNanos();
        return run((connection, _, outcome) -> {
            for (var now = System.nanoTime(); now < end; now = System.nanoTime()) {
                outcome.post(connection, now);
            }
        });
    }

    /** So many a second, however long each takes; the writers take turns. */
    Result openLoop(int rate, Duration window) throws InterruptedException {
        var start = System.nanoTime();
        var total = rate * window.toSeconds();
        return run((connection, number, outcome) -> {
            for (long i = number; i < total; i += writers) {
                var due = start + i * 1_000_000_000L / rate;
                for (var wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                outcome.post(connection, due);
            }
        });
    }

    private Result run(Writer writer) throws InterruptedException {
        var outcome = new Outcome();
        var threads = new ArrayList<Thread>();
        var began = System.nanoTime();
        for (var i = 0; i < writers; i++) {
            var number = i;
            threads.add(Thread.ofPlatform().name("writer-" + i).start(() -> {
                try (var connection = new HttpConnection(port, token)) {
                    writer.write(connection, number, outcome);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        return new Result(outcome.posts, outcome.refused.get(), Duration.ofNanos(System.nanoTime() - began));
    }
}
