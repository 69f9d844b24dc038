package org.maraudersmap.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

/**
 * How fast an incident is reported, and how fast everyone has it: against the packaged product with its embedded
 * database, with and without clients that listen. {@code bench/README.md} says how to run it and what the figures mean.
 */
public final class LatencyBench {
    private final Options options;
    private final Product product;
    private final List<Row> rows = new ArrayList<>();

    private LatencyBench(Options options, Product product) {
        this.options = options;
        this.product = product;
    }

    private record Row(
            String what,
            int clients,
            Load.Result result,
            Latencies heard,
            double productCores,
            double benchCores,
            int lost) {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        // The demo user's token must outlive the run, and a hundred clients of one user are meant here.
        try (var product = Product.named("bench", Map.of("ACCESS_TOKEN_TTL", "1d", "MAX_SOCKETS_PER_USER", "100000"))) {
            var bench = new LatencyBench(Options.parse(List.of(arguments)), product.start());
            bench.measure();
            bench.print();
        }
    }

    private void measure() throws IOException, InterruptedException {
        var token = product.api().login(DemoUser.HARRY).accessToken();
        var load = new Load(product.port(), token, options.writers());
        for (var count : options.clients()) {
            try (var clients = ListeningClients.connect(count, product.port(), token)) {
                say("%d clients: warming up for %d s", count, options.warmUp().toSeconds());
                load.closedLoop(options.warmUp());
                for (var rate : options.rates()) {
                    settle();
                    measure("open loop, " + rate + "/s", count, clients, () -> load.openLoop(rate, options.window()));
                }
                settle();
                measure(
                        "closed loop of " + options.writers(),
                        count,
                        clients,
                        () -> load.closedLoop(options.window()));
            }
        }
    }

    private interface Measurement {
        Load.Result run() throws InterruptedException;
    }

    private void measure(String what, int count, ListeningClients clients, Measurement measurement)
            throws InterruptedException {
        say("%d clients: %s", count, what);
        var heard = new Latencies();
        clients.recordTo(heard);
        var productBefore = product.cpuTime();
        var benchBefore = ownCpuTime();
        var result = measurement.run();
        var seconds = result.took().toNanos() / 1e9;
        var productCores = product.cpuTime().minus(productBefore).toNanos() / 1e9 / seconds;
        var benchCores = ownCpuTime().minus(benchBefore).toNanos() / 1e9 / seconds;
        settle();
        clients.recordTo(new Latencies());
        rows.add(new Row(what, count, result, heard, productCores, benchCores, clients.lost()));
    }

    private static Duration ownCpuTime() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Duration.ofNanos(system.getProcessCpuTime());
    }

    /** Lets what is still on its way arrive. */
    private static void settle() throws InterruptedException {
        Thread.sleep(1_000);
    }

    private void print() {
        say("");
        say("| clients | load | creates/s | POST p50 / p95 / p99 ms | to client p50 / p95 / p99 ms | messages | missing |"
                + " refused | lost | product, bench cores |");
        say("|---|---|---|---|---|---|---|---|---|---|");
        for (var row : rows) {
            var expected = row.result().posts().count() * row.clients();
            say(
                    "| %d | %s | %.0f | %s | %s | %d | %d | %d | %d | %.2f, %.2f |",
                    row.clients(),
                    row.what(),
                    row.result().perSecond(),
                    percentiles(row.result().posts()),
                    percentiles(row.heard()),
                    row.heard().count(),
                    expected - row.heard().count(),
                    row.result().refused(),
                    row.lost(),
                    row.productCores(),
                    row.benchCores());
        }
    }

    private static String percentiles(Latencies latencies) {
        if (latencies.count() == 0) {
            return "–";
        }
        var values = latencies.percentiles(50, 95, 99);
        return "%.2f / %.2f / %.2f".formatted(values[0], values[1], values[2]);
    }

    private static void say(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
