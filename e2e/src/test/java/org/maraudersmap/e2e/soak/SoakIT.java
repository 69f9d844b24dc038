package org.maraudersmap.e2e.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.maraudersmap.e2e.badinput.EveryRoute;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.DescribedRoutes;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.page.FirstLoads;

/**
 * Whatever a request, an event, a connection or a screen takes is given back. Each is done a hundred times, well and
 * badly; what the product holds when it is quiet again is what it held before. What is kept of each would show as a
 * hundred, so a few more are chance.
 *
 * <p>
 * Briefly by default, for long with {@code -Dsoak.duration=PT1H}: then it does all of it again until the time is over,
 * and tells every five minutes what the product holds, so that a slope is seen.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SoakIT {
    private static final String SECRET = "the-password-of-the-fat-lady-is-fortuna-major-0451";
    private static final Duration DURATION = Duration.parse(System.getProperty("soak.duration", "PT0S"));
    private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REPEATS = 100;
    /** Until every route has answered in every way, so that its meters are there. */
    private static final int REPEATS_TO_WARM_UP = 25;
    /** What hashes passwords takes long on purpose, so it is done so much less often. */
    private static final int FEWER_HASHES = 5;
    private static final int CHANCE = 10;
    /** Nobody sees to it that all of them fill to the same degree, as the map of a cache does. */
    private static final int CHANCE_OF_MAP_ENTRIES = 500;
    /** Classes are still being loaded. */
    private static final double GROWTH_OF_HEAP = 0.03;
    /** The newest pages of the log are kept for replays, up to a size; an event of them takes about so much. */
    private static final long BYTES_OF_KEPT_EVENT = 4_096;
    private static final String KEPT_EVENT = "org.maraudersmap.server.realtime.AnnouncedLog$AnnouncedEvent";

    private final Product product = Product.named(
            "soak",
            Map.of(
                    "JWT_SECRET",
                    SECRET,
                    // Whoever vanishes is missed soon.
                    "SOCKET_IO_PING_INTERVAL",
                    "1000",
                    "SOCKET_IO_PING_TIMEOUT",
                    "2000",
                    "PRESENCE_TIMEOUT",
                    "6000",
                    "IDLE_TIMEOUT",
                    "5s",
                    "MAX_WRITES_PER_USER_PER_MINUTE",
                    "1000000",
                    // The buffers that nobody gives back are told in the log.
                    "JDK_JAVA_OPTIONS",
                    "-Dio.netty.leakDetection.level=paranoid"));

    @BeforeAll
    void startProduct() {
        product.start();
    }

    @AfterAll
    void stopProduct() {
        product.close();
    }

    @Test
    void should_give_back_whatever_is_taken() throws Exception {
        var end = Instant.now().plus(DURATION);
        doEverything(REPEATS_TO_WARM_UP);
        var before = figuresOnceQuiet();
        report("before", before);

        doEverything(REPEATS);
        var nextReport = Instant.now().plus(BETWEEN_REPORTS);
        while (Instant.now().isBefore(end)) {
            if (Instant.now().isAfter(nextReport)) {
                report("meanwhile", figuresOnceQuiet());
                nextReport = Instant.now().plus(BETWEEN_REPORTS);
            }
            doEverything(REPEATS);
        }

        await("what was taken is given back").atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertGivenBack(before, Figures.of(product)));
        report("after", Figures.of(product));
        assertThat(product.output().lines().filter(line -> line.contains("LEAK"))).as("buffers that are lost")
                .isEmpty();
        assertThat(product.output().lines().filter(line -> line.contains(" ERROR "))).as("errors").isEmpty();
    }

    /** All at the same time, each so many times. */
    private void doEverything(int times) throws Exception {
        var api = product.api();
        var routes = new EveryRoute(api, SECRET);
        var writes = new GoodWrites(api);
        try (var sockets = new SocketVisits(product);
                var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("soak-", 0).factory())) {
            var work = List.<Callable<Void>>of(
                    repeat(times, turn -> routes.namesOfReadingRoutes().forEach(routes::read)),
                    repeat(times, turn -> routes.names().forEach(name -> routes.askInVain(name, turn))),
                    repeat(times, writes::liveThroughAnIncident),
                    repeat(times, sockets::visit),
                    repeat(times, sockets::visitInVain),
                    repeat(times, sockets::vanish),
                    () -> openScreens(times));
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError("what should have gone well did not", failed.getCause());
        }
        repeat(times, writes::administer).call();
        repeat(times / FEWER_HASHES, _ -> writes.comeAndGo()).call();

        var done = new TreeSet<>(routes.namesOfReadingRoutes());
        done.addAll(writes.asked());
        assertThat(done).as("routes that were asked").isEqualTo(DescribedRoutes.of(api));
    }

    private static Callable<Void> repeat(int times, IntConsumer work) {
        return () -> {
            for (var turn = 0; turn < times; turn++) {
                work.accept(turn);
            }
            return null;
        };
    }

    /** A few times in a browser, where there is one; what it reads then many times without. */
    private Void openScreens(int times) {
        var api = product.api();
        var luna = api.sessionOf(DemoUser.LUNA);
        var incident = api.report(luna, "Looked at").path("id").asLong();
        List<String> read = List.of("/", "/sign-in", "/map");
        if (FirstLoads.arePossible()) {
            try (var loads = new FirstLoads(product)) {
                for (var time = 0; time < 2; time++) {
                    loads.openEveryScreen(incident);
                }
                read = loads.addressesRead();
            }
        }
        for (var time = 0; time < times; time++) {
            for (var address : read) {
                var answer = api.send("GET", address, luna.accessToken(), null, "Accept", "text/html,*/*");
                assertThat(answer.status()).as(address).isEqualTo(200);
            }
        }
        return null;
    }

    private Figures figuresOnceQuiet() {
        await("it is quiet").atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            var counts = Figures.of(product).counts();
            return counts.getOrDefault("sockets", 0L) == 0
                    && counts.getOrDefault("people online", 0L) == 0
                    && counts.getOrDefault("open sockets", 0L) < CHANCE * 2;
        });
        return Figures.of(product);
    }

    private static void assertGivenBack(Figures before, Figures after) {
        var more = new ArrayList<String>();
        after.counts().forEach((name, count) -> {
            var held = before.counts().getOrDefault(name, 0L);
            if (count > held + (name.equals(Figures.MAP_ENTRIES) ? CHANCE_OF_MAP_ENTRIES : CHANCE)) {
                more.add("%s: %d instead of %d".formatted(name, count, held));
            }
        });
        var keptEvents = countOf(after, KEPT_EVENT) - countOf(before, KEPT_EVENT);
        if (after.heap() - keptEvents * BYTES_OF_KEPT_EVENT > before.heap() * (1 + GROWTH_OF_HEAP)) {
            more.add("heap: %d bytes instead of %d".formatted(after.heap(), before.heap()));
        }
        if (!more.isEmpty()) {
            var meters = new TreeSet<>(after.meters());
            meters.removeAll(before.meters());
            more.add("new meters: " + meters);
            more.add("objects that have become more: " + moreOf(before.classes(), after.classes()));
        }
        assertThat(more).isEmpty();
    }

    private static long countOf(Figures figures, String name) {
        return figures.classes().getOrDefault(name, 0L);
    }

    private static Map<String, Long> moreOf(Map<String, Long> before, Map<String, Long> after) {
        var more = new TreeMap<String, Long>();
        after.forEach((name, count) -> {
            var added = count - before.getOrDefault(name, 0L);
            if (added > CHANCE) {
                more.put(name, added);
            }
        });
        return more;
    }

    private static void report(String when, Figures figures) {
        System.out.printf("%s soak, %s: heap %,d bytes%n", Instant.now(), when, figures.heap());
        figures.counts().forEach((name, count) -> System.out.printf("  %-32s %,12d%n", name, count));
    }
}
