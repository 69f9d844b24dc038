package org.maraudersmap.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Network;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.Digest;
import org.maraudersmap.e2e.socket.SocketClients;

/**
 * Cuts the network of many clients, lets them all come back at once, and measures until the last one is up to date:
 * {@code -Dstorm.clients} clients that miss 100 events, and one that misses {@code -Dcatchup.events}.
 */
class ReconnectStormIT {
    private static final int CLIENTS = Integer.getInteger("storm.clients", 50);
    private static final int MISSED = 100;
    private static final int CATCH_UP = Integer.getInteger("catchup.events", 1_000);
    private static final int WRITERS = 8;
    private static final int CLIENTS_IN_PROCESS = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(60 + CLIENTS / 10);

    private final Product product = Product.named(
            "storm",
            Map.of("ACCESS_TOKEN_TTL", "1d", "MAX_SOCKETS_PER_USER", "10000"));

    @Test
    void should_bring_all_clients_up_to_date_that_come_back_at_once() throws Exception {
        bringUpToDate("storm", CLIENTS, MISSED);
    }

    @Test
    void should_catch_up_with_very_many_events() throws Exception {
        bringUpToDate("catch-up", 1, CATCH_UP);
    }

    private void bringUpToDate(String what, int count, int missed) throws Exception {
        var processes = new ArrayList<SocketClients>();
        try (product; var network = Network.to(product.start())) {
            var luna = product.api().sessionOf(DemoUser.LUNA);
            var options = ConnectOptions.withToken(luna.accessToken()).comingBack();
            for (var n = 0; n < count; n++) {
                if (n % CLIENTS_IN_PROCESS == 0) {
                    processes.add(SocketClients.of(network));
                }
                // What is sent before it is connected waits for that.
                processes.getLast().connectDigesting(options).emit("heartbeat");
            }
            network.cut();
            report(missed);

            var cpu = product.cpuTime();
            var healed = System.currentTimeMillis();
            network.heal();
            await().atMost(PATIENCE).until(
                    () -> digests(processes).stream()
                            .allMatch(digest -> digest.welcomedAt() > healed && digest.count() >= missed));
            var last = digests(processes).stream().mapToDouble(Digest::welcomedAt).max().orElseThrow();
            System.out.printf(
                    "%s: %d clients with %d missed events each were up to date after %.0f ms; the process computed"
                            + " %d ms%n",
                    what,
                    count,
                    missed,
                    last - healed,
                    product.cpuTime().minus(cpu).toMillis());
            assertThat(digests(processes)).hasSize(count).allSatisfy(digest -> {
                assertThat(digest.recoveries()).isEqualTo(1);
                assertThat(digest.disorders()).isZero();
                assertThat(digest.count()).isEqualTo(missed);
            });
            assertThat(digests(processes).stream().map(Digest::hash).distinct()).hasSize(1);
        } finally {
            processes.forEach(SocketClients::close);
        }
    }

    private static List<Digest> digests(List<SocketClients> processes) {
        return processes.stream().flatMap(process -> process.digests().values().stream()).toList();
    }

    private void report(int count) throws InterruptedException {
        var harry = product.api().sessionOf(DemoUser.HARRY);
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            for (var n = 0; n < count; n++) {
                var title = "Missed " + n;
                writers.execute(() -> product.api().report(harry, title));
            }
            writers.shutdown();
            assertThat(writers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }
}
