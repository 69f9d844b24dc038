package org.maraudersmap.server.identity;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Remembers what was loaded for a short time, counted from before it was loaded. Whoever asks while it is being loaded
 * waits for that, so a herd costs one query; what is forgotten while it is being loaded is not remembered. A failure is
 * not remembered either. Bounded: when it is full, what is out of date goes; if nothing is, everything.
 */
final class BriefCache<K, V> {
    private final ConcurrentHashMap<K, Entry<V>> entries = new ConcurrentHashMap<>();
    private final long lifetimeNanos;
    private final int most;
    private final LongSupplier nanoTime;

    private record Entry<V>(FutureTask<V> value, long since) {}

    /**
     * @param nanoTime
     *            as {@link System#nanoTime()}
     */
    BriefCache(Duration lifetime, int most, LongSupplier nanoTime) {
        this.lifetimeNanos = lifetime.toNanos();
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** What is remembered, or what the loader makes, on this thread. */
    V get(K key, Function<? super K, ? extends V> loader) {
        var now = nanoTime.getAsLong();
        var known = entries.get(key);
        if (known != null && isCurrent(known, now)) {
            return resultOf(known);
        }
        makeRoom(now);
        var mine = new Entry<V>(new FutureTask<>(() -> loader.apply(key)), now);
        var chosen = entries.compute(key, (_, other) -> other != null && isCurrent(other, now) ? other : mine);
        if (chosen.equals(mine)) {
            mine.value.run();
            if (mine.value.state() != FutureTask.State.SUCCESS) {
                entries.remove(key, mine);
            }
        }
        return resultOf(chosen);
    }

    void forget(K key) {
        entries.remove(key);
    }

    /** Forgets every value that matches, and what is still being loaded, which might. */
    void forgetMatching(Predicate<? super V> condition) {
        entries.values()
                .removeIf(
                        entry -> entry.value.state() != FutureTask.State.SUCCESS
                                || condition.test(entry.value.resultNow()));
    }

    int size() {
        return entries.size();
    }

    private boolean isCurrent(Entry<V> entry, long now) {
        return now - entry.since < lifetimeNanos;
    }

    private void makeRoom(long now) {
        if (entries.mappingCount() < most) {
            return;
        }
        entries.values().removeIf(entry -> !isCurrent(entry, now));
        if (entries.mappingCount() >= most) {
            entries.clear();
        }
    }

    private static <V> V resultOf(Entry<V> entry) {
        try {
            return entry.value.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while something was loaded", interrupted);
        }
    }
}
