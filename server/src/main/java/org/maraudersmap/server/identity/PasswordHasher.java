package org.maraudersmap.server.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.maraudersmap.server.platform.problem.Problem;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id, which costs a lot of time and memory on purpose; so only a few at once, and a bounded number waiting. The
 * rest of the product keeps its processors however many people log in.
 */
@Component
class PasswordHasher implements DisposableBean {
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MOST_WAITING = 256;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Argon2PasswordEncoder encoder;
    /** Nobody's: what is compared where there is no user, so that it takes as long as if there were one. */
    private final String nobodysHash;
    private final ThreadPoolExecutor workers;
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
        this.workers = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(mostWaiting),
                Thread.ofPlatform().name("password-hasher-", 0).daemon().factory());
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
    String hashPasswordForStorage(String password) {
        return work(() -> String.valueOf(encoder.encode(password)));
    }

    /**
     * Whether a password is the one with this hash.
     *
     * @throws Problem
     *             {@code RATE_LIMITED} if too many wait already
     */
    boolean matchesHashOfPassword(String password, String hash) {
        return work(() -> encoder.matches(password, hash));
    }

    /** Takes as long as {@link #matchesHashOfPassword} and is never true. */
    boolean matchesHashOfNobody(String password) {
        var _ = matchesHashOfPassword(password, nobodysHash);
        return false;
    }

    private <T> T work(Callable<T> hashing) {
        try {
            return workers.submit(() -> timer.recordCallable(hashing)).get();
        } catch (RejectedExecutionException full) {
            throw Problem.rateLimited("Too many people are logging in at once; try again in a moment.", RETRY_AFTER);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("password hashing failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a password was hashed", interrupted);
        }
    }

    @Override
    public void destroy() {
        workers.shutdown();
    }
}
