package org.maraudersmap.e2e.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

/**
 * What a product holds at a moment.
 *
 * @param counts
 *            connections, threads, timers, files and so on, by name
 * @param heap
 *            bytes of objects that can be reached, after a collection
 * @param meters
 *            name and tags of everything at {@code /metrics}
 * @param classes
 *            how many objects of each there are
 */
record Figures(
        SortedMap<String, Long> counts, long heap, SortedSet<String> meters, SortedMap<String, Long> classes) {
    /** What a map keeps that nobody empties. */
    static final String MAP_ENTRIES = "entries of maps";

    private static final Set<String> ENTRIES = Set
            .of("java.util.HashMap$Node", "java.util.concurrent.ConcurrentHashMap$Node");
    private static final String TOOL = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    /** What the pool of connections says of itself, and the engine, and the guard of the port. */
    private static final Map<String, String> GAUGES = Map.of(
            "database connections in use", "hikaricp_connections_active",
            "threads that wait for one", "hikaricp_connections_pending",
            "sockets", "socketio_sockets",
            "bytes of unanswered requests", "http_server_bytes_in_flight_bytes",
            "events in the outbox", "outbox_events");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*(?:\\{.*})?) (\\S+)");
    private static final Pattern HISTOGRAM_LINE = Pattern
            .compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern TIMER = Pattern.compile(".*\\.(ScheduledFutureTask|ScheduledThreadPoolExecutor"
            + "\\$ScheduledFutureTask|DelayScheduler\\$ScheduledForkJoinTask)");

    /** As they are now. Collects the garbage of the product, which takes it a moment. */
    static Figures of(Product product) {
        var counts = new TreeMap<String, Long>();
        var classes = new TreeMap<String, Long>();
        var samples = samplesOf(product.api());
        GAUGES.forEach((name, gauge) -> counts.put(name, sumOf(samples, gauge)));
        countFiles(product, counts, sumOf(samples, "hikaricp_connections"));
        countThreads(product, counts);
        var heap = countObjects(product, counts, classes);
        counts.put("people online", online(product.api()));
        counts.put("meters", (long) samples.size());
        return new Figures(
                Collections.unmodifiableSortedMap(counts),
                heap,
                Collections.unmodifiableSortedSet(new TreeSet<>(samples.keySet())),
                Collections.unmodifiableSortedMap(classes));
    }

    private static SortedMap<String, Double> samplesOf(Api api) {
        var samples = new TreeMap<String, Double>();
        api.get("/metrics", null).expect(200).text().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            var sample = SAMPLE.matcher(line);
            if (!sample.matches()) {
                throw new IllegalStateException("no sample: " + line);
            }
            samples.put(sample.group(1), Double.valueOf(sample.group(2)));
        });
        return samples;
    }

    private static long sumOf(SortedMap<String, Double> samples, String name) {
        return samples.entrySet()
                .stream()
                .filter(sample -> sample.getKey().equals(name) || sample.getKey().startsWith(name + "{"))
                .mapToLong(sample -> sample.getValue().longValue())
                .sum();
    }

    /** Those of the pool come and go as it sees fit. */
    private static void countFiles(Product product, SortedMap<String, Long> counts, long ofThePool) {
        counts.put("open sockets", -ofThePool);
        try (var files = Files.list(Path.of("/proc", String.valueOf(product.pid()), "fd"))) {
            for (var file : (Iterable<Path>) files::iterator) {
                counts.merge(kindOf(file), 1L, Long::sum);
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static String kindOf(Path file) throws IOException {
        try {
            var target = Files.readSymbolicLink(file).toString();
            return target.startsWith("socket:")
                    ? "open sockets"
                    : target.startsWith("/") ? "open files" : "other descriptors";
        } catch (NoSuchFileException closedMeanwhile) {
            return "other descriptors";
        }
    }

    private static void countThreads(Product product, SortedMap<String, Long> counts) {
        var dump = product.dataDirectory().resolveSibling("threads.json");
        var _ = jcmd(product, "Thread.dump_to_file", "-format=json", "-overwrite", dump.toString());
        counts.put("platform threads", 0L);
        counts.put("virtual threads", 0L);
        try {
            var containers = Api.JSON.readTree(Files.readString(dump)).path("threadDump").path("threadContainers");
            containers.forEach(container -> container.path("threads").forEach(thread -> counts.merge(
                    thread.path("virtual").asBoolean(false) ? "virtual threads" : "platform threads",
                    1L,
                    Long::sum)));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** The bytes of all. */
    private static long countObjects(
            Product product, SortedMap<String, Long> counts, SortedMap<String, Long> classes) {
        var heap = 0L;
        counts.put("timers", 0L);
        for (var line : jcmd(product, "GC.class_histogram").lines().toList()) {
            var total = HISTOGRAM_TOTAL.matcher(line);
            var each = HISTOGRAM_LINE.matcher(line);
            if (total.matches()) {
                heap = Long.parseLong(total.group(1));
            } else if (each.matches()) {
                var instances = Long.parseLong(each.group(1));
                var name = each.group(2);
                if (TIMER.matcher(name).matches()) {
                    counts.merge("timers", instances, Long::sum);
                }
                if (ENTRIES.contains(name)) {
                    counts.merge(MAP_ENTRIES, instances, Long::sum);
                }
                classes.put(name, instances);
            }
        }
        return heap;
    }

    private static long online(Api api) {
        var token = api.sessionOf(DemoUser.ADMIN).accessToken();
        return api.get("/api/presence/online", token).expect(200).body().path("count").asLong();
    }

    private static String jcmd(Product product, String... command) {
        var all = new ArrayList<>(List.of(TOOL, String.valueOf(product.pid())));
        all.addAll(List.of(command));
        try {
            var process = new ProcessBuilder(all).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(all + " said: " + said);
            }
            return said;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
