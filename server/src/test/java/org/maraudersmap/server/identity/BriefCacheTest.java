package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BriefCacheTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger loads = new AtomicInteger();
    private final BriefCache<String, Integer> cache = new BriefCache<>(Duration.ofSeconds(1), 100, nanos::get);

    private int load(String key) {
        return cache.get(key, _ -> loads.incrementAndGet());
    }

    @Test
    void should_load_again_after_its_lifetime() {
        assertThat(load("a")).isEqualTo(1);
        nanos.addAndGet(999_999_999);
        assertThat(load("a")).isEqualTo(1);
        nanos.addAndGet(1);
        assertThat(load("a")).isEqualTo(2);
    }

    @Test
    void should_count_the_lifetime_from_before_the_load() {
        cache.get("a", _ -> {
            nanos.addAndGet(1_000_000_000);
            return loads.incrementAndGet();
        });

        assertThat(load("a")).isEqualTo(2);
    }

    @Test
    void should_load_once_for_a_herd() throws Exception {
        var loading = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var herd = new ArrayList<Future<Integer>>();
            for (var number = 0; number < 50; number++) {
                Callable<Integer> ask = () -> cache.get("a", _ -> {
                    await(loading);
                    return loads.incrementAndGet();
                });
                herd.add(threads.submit(ask));
            }
            Thread.sleep(50);
            loading.countDown();
            for (var one : herd) {
                assertThat(one.get()).isEqualTo(1);
            }
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void should_not_remember_what_was_forgotten_while_it_was_loaded() {
        cache.get("a", key -> {
            cache.forget(key);
            return loads.incrementAndGet();
        });
        assertThat(load("a")).isEqualTo(2);

        cache.get("b", _ -> {
            cache.forgetMatching(_ -> false);
            return loads.incrementAndGet();
        });
        assertThat(load("b")).isEqualTo(4);
    }

    @Test
    void should_forget_what_matches_and_nothing_else() {
        load("a");
        load("b");

        cache.forgetMatching(value -> value == 1);

        assertThat(load("b")).isEqualTo(2);
        assertThat(load("a")).isEqualTo(3);
    }

    @Test
    void should_throw_what_the_loader_throws_and_not_remember_it() {
        for (var time = 0; time < 2; time++) {
            assertThatThrownBy(() -> cache.get("a", _ -> {
                loads.incrementAndGet();
                throw new IllegalArgumentException("no");
            })).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(loads).hasValue(2);
        assertThat(cache.size()).isZero();
    }

    @Test
    void should_stay_bounded() {
        for (var number = 0; number < 1_000; number++) {
            load("key " + number);
            assertThat(cache.size()).isLessThanOrEqualTo(100);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
