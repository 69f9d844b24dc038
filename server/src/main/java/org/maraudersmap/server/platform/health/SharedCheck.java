package org.maraudersmap.server.platform.health;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.maraudersmap.server.platform.database.DatabaseTrouble;
import org.maraudersmap.server.platform.health.Dependency.Report;
import org.maraudersmap.server.platform.health.Dependency.State;

/**
 * The check of one dependency, for all who ask at the same time: it runs once, however many they are and however long
 * it takes, so asking for health takes nothing from those who work. Thread-safe.
 */
final class SharedCheck {
    private static final Executor VIRTUAL_THREADS = command -> Thread.ofVirtual().name("health").start(command);
    private static final long PATIENCE_MILLIS = 1_500;

    private final Dependency dependency;
    private CompletableFuture<Report> latest = CompletableFuture.completedFuture(new Report(State.OK, ""));

    SharedCheck(Dependency dependency) {
        this.dependency = dependency;
    }

    String name() {
        return dependency.name();
    }

    /** Begins to check, unless a check is under way. */
    synchronized void begin() {
        if (latest.isDone()) {
            latest = CompletableFuture.supplyAsync(dependency::checkStateOfDependency, VIRTUAL_THREADS)
                    .exceptionally(SharedCheck::describe);
        }
    }

    /** What the check has found, or that it has not come to an end in time. */
    Report await() {
        try {
            return current().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Report(State.DEGRADED, "not known: the question was interrupted");
        } catch (TimeoutException late) {
            return new Report(State.DEGRADED, "not known: does not answer");
        } catch (ExecutionException failed) {
            return describe(failed);
        }
    }

    private synchronized CompletableFuture<Report> current() {
        return latest;
    }

    /** If it is the database that fails, that is a dependency of its own; what stands on it is merely not known. */
    private static Report describe(Throwable failure) {
        return DatabaseTrouble.of(failure)
                .map(trouble -> new Report(State.DEGRADED, "not known: the database " + trouble.words()))
                .orElseGet(() -> new Report(State.DOWN, "its check failed"));
    }
}
