package org.maraudersmap.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.maraudersmap.e2e.faults.Ledger.Change;
import org.maraudersmap.e2e.harness.Answer;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.Session;

/** Threads that report incidents and edit one another's, as fast as they are answered, until they are no longer. */
final class Writers implements AutoCloseable {
    private final Api api;
    private final Session author;
    private final Ledger ledger;
    private final ExecutorService threads;
    private final List<Future<?>> running = new ArrayList<>();

    Writers(Api api, Session author, Ledger ledger) {
        this.api = api;
        this.author = author;
        this.ledger = ledger;
        this.threads = Executors.newCachedThreadPool();
    }

    /** Starts {@code count} of them; titles begin with {@code round}. */
    void start(String round, int count, long seed) {
        // Shared, so that they meet at the same incidents.
        var incidents = new CopyOnWriteArrayList<Long>();
        for (var i = 0; i < count; i++) {
            var name = round + "-" + i;
            var random = new Random(seed + i);
            running.add(threads.submit(() -> writeUntilCut(name, random, incidents)));
        }
    }

    /** Waits until all have noticed that nobody answers. */
    void awaitEnd() throws InterruptedException, ExecutionException {
        for (var writer : running) {
            writer.get();
        }
        running.clear();
    }

    private void writeUntilCut(String name, Random random, List<Long> incidents) {
        try {
            for (var i = 0;; i++) {
                if (incidents.isEmpty() || random.nextInt(3) == 0) {
                    create(name + "-" + i, incidents);
                } else {
                    var recent = Math.min(5, incidents.size());
                    edit(incidents.get(incidents.size() - 1 - random.nextInt(recent)), name + "-" + i);
                }
            }
        } catch (UncheckedIOException cut) {
            // What was on its way is in the ledger as unanswered.
        }
    }

    private void create(String title, List<Long> incidents) {
        ledger.noteAsked(title);
        var answer = api.post("/api/incidents", author.accessToken(), Map.of("title", title));
        stopIfUnavailable(answer);
        answer.expect(201);
        ledger.noteCreated(changeOf(answer), title);
        incidents.add(changeOf(answer).incident());
    }

    private void edit(long incident, String title) {
        ledger.noteAsked(title);
        var answer = api.send("PATCH", "/api/incidents/" + incident, author.accessToken(), Map.of("title", title));
        stopIfUnavailable(answer);
        answer.expect(200);
        ledger.noteEdited(changeOf(answer), title);
    }

    /** A product that stops may say so; what it refused that way stays in the ledger as unanswered. */
    private static void stopIfUnavailable(Answer answer) {
        if (answer.status() == 503) {
            throw new UncheckedIOException(new IOException("unavailable"));
        }
    }

    private static Change changeOf(Answer answer) {
        return new Change(answer.body().path("id").asLong(), answer.body().path("version").asLong());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
