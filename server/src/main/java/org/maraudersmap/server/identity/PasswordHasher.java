package org.maraudersmap.server.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.maraudersmap.server.platform.ClientAddress;
import org.maraudersmap.server.platform.problem.Problem;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id, which costs a lot of time and memory on purpose; so only a few at once, and a bounded number waiting, of
 * whom nobody has more than a share. Those who are known come first. The rest of the product keeps its processors
 * however many people log in.
 */
@Component
class PasswordHasher implements DisposableBean {
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MOST_WAITING = 256;
    private static final int MOST_OF_CLAIMANT = 32;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Argon2PasswordEncoder encoder;
    /** Nobody's: what is compared where there is no user, so that it takes as long as if there were one. */
    private final String nobodysHash;
    private final ThreadPoolExecutor workers;
    private final int mostWaiting;
    private final AtomicLong arrivals = new AtomicLong();
    /** Hashes that wait or are made, by who asked for them. */
    private final Map<Claimant, Integer> underWay = new HashMap<>();
    private final Timer timer;

    @Autowired
    PasswordHasher(MeterRegistry metrics, Cost cost) {
        this(metrics, cost, Math.max(1, Runtime.getRuntime().availableProcessors() - 1), MOST_WAITING);
    }

    PasswordHasher(MeterRegistry metrics, Cost cost, int atOnce, int mostWaiting) {
        this.encoder = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, cost.memoryKib(), cost.passes());
        this.nobodysHash = "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p=" + LANES
                + "$bm9ib2R5IGF0IGFsbCEhIQ$bm9ib2R5J3MgcGFzc3dvcmQgaGFzaGVzIHRvIHRoaXM";
        this.timer = Timer.builder("identity.password.hash")
                .description("Time to hash a password, without the wait for a worker")
                .register(metrics);
        this.mostWaiting = mostWaiting;
        this.workers = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                0,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                Thread.ofPlatform().name("password-hasher-", 0).daemon().factory());
    }

    /**
     * Who asks for a hash, as far as shares go.
     *
     * @param name
     *            those of one name have one share
     * @param isKnown
     *            whether they have shown who they are before; they are never behind those who have not
     */
    record Claimant(String name, boolean isKnown) {
        /** All who come from an address, of whom nothing is known. */
        static Claimant stranger(ClientAddress address) {
            return new Claimant(address.network(), false);
        }

        /** A user at a place where they have logged in before. */
        static Claimant known(String email) {
            return new Claimant(UserRepository.lowerCaseOfEmailAddress(email), true);
        }

        /** The product itself. */
        static Claimant product() {
            return new Claimant("", true);
        }
    }

    /** What one hash takes. */
    record Cost(int memoryKib, int passes) {
        /** What OWASP asks for at least, with one lane: 19 MiB, two passes. */
        static final Cost RECOMMENDED = new Cost(19_456, 2);
    }

    /**
     * The hash to keep.
     *
     * @throws Problem
     *             {@code RATE_LIMITED} if too many wait already
     */
    String hashPasswordForStorage(String password, Claimant claimant) {
        return work(claimant, () -> String.valueOf(encoder.encode(password)));
    }

    /**
     * Whether a password is the one with this hash.
     *
     * @throws Problem
     *             {@code RATE_LIMITED} if too many wait already
     */
    boolean matchesHashOfPassword(String password, String hash, Claimant claimant) {
        return work(claimant, () -> encoder.matches(password, hash));
    }

    /** Takes as long as {@link #matchesHashOfPassword} and is never true. */
    boolean matchesHashOfNobody(String password, Claimant claimant) {
        var _ = matchesHashOfPassword(password, nobodysHash, claimant);
        return false;
    }

    private <T> T work(Claimant claimant, Callable<T> hashing) {
        takePlace(claimant);
        try {
            var task = new Task<>(claimant.isKnown(), arrivals.incrementAndGet(), () -> timer.recordCallable(hashing));
            workers.execute(task);
            return task.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("password hashing failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a password was hashed", interrupted);
        } finally {
            givePlaceBack(claimant);
        }
    }

    /** Strangers have a limit for all of them together; those who are known do not count among them. */
    private synchronized void takePlace(Claimant claimant) {
        var all = underWay.entrySet()
                .stream()
                .filter(each -> each.getKey().isKnown() == claimant.isKnown())
                .mapToInt(Map.Entry::getValue)
                .sum();
        if (all >= mostWaiting || underWay.getOrDefault(claimant, 0) >= Math.min(MOST_OF_CLAIMANT, mostWaiting)) {
            throw Problem.rateLimited("Too many people are logging in at once; try again in a moment.", RETRY_AFTER);
        }
        underWay.merge(claimant, 1, Integer::sum);
    }

    private synchronized void givePlaceBack(Claimant claimant) {
        var left = underWay.getOrDefault(claimant, 0) - 1;
        if (left > 0) {
            underWay.put(claimant, left);
        } else {
            underWay.remove(claimant);
        }
    }

    /** In the order in which they came, those who are known before the others. */
    private static final class Task<T> extends FutureTask<T> implements Comparable<Task<?>> {
        private final boolean isKnown;
        private final long arrival;

        Task(boolean isKnown, long arrival, Callable<T> hashing) {
            super(hashing);
            this.isKnown = isKnown;
            this.arrival = arrival;
        }

        @Override
        public int compareTo(Task<?> other) {
            return isKnown == other.isKnown
                    ? Long.compare(arrival, other.arrival)
                    : Boolean.compare(other.isKnown, isKnown);
        }
    }

    @Override
    public void destroy() {
        workers.shutdown();
    }
}
