package org.maraudersmap.e2e.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.Digest;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClient.Connection;
import org.maraudersmap.e2e.socket.SocketClients;

/**
 * Kills a node while events stream to its clients, and compares what each of them has heard in the end with what a
 * client on another node has heard that was never cut: by a hash over all messages, with their offsets, in order. As
 * many clients as {@code -Drecovery.clients} says.
 */
class RecoveryKillIT {
    private static final int CLIENTS = Integer.getInteger("recovery.clients", 60);
    private static final int CLIENTS_IN_PROCESS = 250;
    /** So many reports before the node is killed, and again after it is back. */
    private static final int EVENTS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60 + CLIENTS / 10);
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "JWT_SECRET",
            "the-password-of-the-fat-lady-is-fortuna-major-0934",
            "ACCESS_TOKEN_TTL",
            "1d",
            "MAX_SOCKETS_PER_USER",
            "10000");

    private final Product first = Product.named("recovery-first", ENVIRONMENT).start();
    private final Product second = Product.onDatabaseOf(first, "recovery-second", ENVIRONMENT);
    private final List<AutoCloseable> toClose = new ArrayList<>(List.of(second, first));

    @AfterEach
    void stop() throws Exception {
        for (var each : toClose) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T opened) {
        toClose.addFirst(opened);
        return opened;
    }

    /** Ways to use the map: each hears something else. */
    private enum Way {
        IN_A_ROOM(DemoUser.LUNA), WITH_THE_FEED(DemoUser.MOODY), NEITHER(DemoUser.HARRY);

        private final DemoUser user;

        Way(DemoUser user) {
            this.user = user;
        }
    }

    private static SocketClient connect(SocketClients clients, Way way, Session session, long incident) {
        var options = ConnectOptions.withToken(session.accessToken())
                .comingBack()
                .with("reconnectionDelay", 200)
                .with("reconnectionDelayMax", 1_000);
        var client = clients.connectDigesting(options);
        // What is sent before it is connected waits for that.
        switch (way) {
            case IN_A_ROOM -> client.joinIncident(incident);
            case WITH_THE_FEED -> client.emit("feed:subscribe");
            case NEITHER -> client.emit("heartbeat");
        }
        return client;
    }

    @Test
    void should_give_every_client_what_one_has_heard_that_was_never_cut() {
        var api = second.start().api();
        var author = first.api().login(DemoUser.DRACO);
        var incident = first.api().report(author, "The one with a room").path("id").asLong();
        var sessions = new EnumMap<Way, Session>(Way.class);
        for (var way : Way.values()) {
            sessions.put(way, api.login(way.user));
        }
        var watchers = closing(SocketClients.of(first));
        var watching = new EnumMap<Way, SocketClient>(Way.class);
        for (var way : Way.values()) {
            watching.put(way, connect(watchers, way, requireNonNull(sessions.get(way)), incident));
        }
        var processes = new ArrayList<SocketClients>();
        // Each client that will be cut, and who hears the same and will not be.
        var cut = new HashMap<SocketClient, SocketClient>();
        for (var n = 0; n < CLIENTS; n++) {
            if (n % CLIENTS_IN_PROCESS == 0) {
                processes.add(closing(SocketClients.of(second)));
            }
            var way = Way.values()[n % Way.values().length];
            var client = connect(processes.getLast(), way, requireNonNull(sessions.get(way)), incident);
            cut.put(client, requireNonNull(watching.get(way)));
        }

        try (var stream = new EventStream(first.api(), author, incident)) {
            await().atMost(PATIENCE).until(() -> stream.reports() > EVENTS);
            second.kill();
            var killed = System.nanoTime();
            second.start();
            var ready = System.nanoTime();
            await().atMost(PATIENCE).until(() -> cut.keySet().stream().allMatch(RecoveryKillIT::isBack));
            var back = System.nanoTime();
            var reports = stream.reports();
            await().atMost(PATIENCE).until(() -> stream.reports() > reports + EVENTS);
            stream.end();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> hasHeardAll(watchers, watching, stream) && haveHeardTheSame(processes, watchers, cut));
            System.out.printf(
                    "%d clients, %d events during the whole run; killed with -9: ready again after %d ms, all clients"
                            + " connected %d ms later%n",
                    CLIENTS,
                    stream.events(),
                    (ready - killed) / 1_000_000,
                    (back - ready) / 1_000_000);
            var expected = watchers.digests();
            watching.forEach((way, client) -> System.out.printf("  %s: %s%n", way, expected.get(client)));
            for (var process : processes) {
                process.digests().forEach((client, digest) -> check(digest, digestOf(expected, cut.get(client))));
            }
        }
    }

    private static boolean hasHeardAll(SocketClients watchers, Map<Way, SocketClient> watching, EventStream stream) {
        var digests = watchers.digests();
        return digestOf(digests, watching.get(Way.NEITHER)).count() == stream.reports()
                && digestOf(digests, watching.get(Way.IN_A_ROOM)).count() == stream.events();
    }

    private static boolean haveHeardTheSame(
            List<SocketClients> processes, SocketClients watchers, Map<SocketClient, SocketClient> cut) {
        var expected = watchers.digests();
        return processes.stream()
                .flatMap(process -> process.digests().entrySet().stream())
                .allMatch(
                        each -> each.getValue()
                                .last()
                                .equals(digestOf(expected, cut.get(each.getKey())).last()));
    }

    private static Digest digestOf(Map<SocketClient, Digest> digests, @Nullable SocketClient client) {
        return requireNonNull(digests.get(requireNonNull(client)));
    }

    private static boolean isBack(SocketClient client) {
        return !client.disconnects().isEmpty() && client.connection().isPresent();
    }

    private static void check(Digest digest, Digest expected) {
        assertThat(digest.disorders()).as("messages twice or out of order").isZero();
        assertThat(digest.connections()).as("connections").isGreaterThan(1);
        assertThat(digest.recoveries()).as("recoveries").isEqualTo(digest.connections() - 1);
        assertThat(digest.count()).as("messages").isEqualTo(expected.count());
        assertThat(digest.hash()).as("all messages in order").isEqualTo(expected.hash());
    }

    @Test
    void should_recover_after_the_only_node_was_killed_with_its_database() {
        var luna = first.api().login(DemoUser.LUNA);
        var clients = closing(SocketClients.of(first));
        var client = clients.connect(ConnectOptions.withToken(luna.accessToken()).comingBack()).awaitWelcome();
        var incident = first.api().report(luna, "Before").path("id").asLong();
        client.joinIncident(incident);
        client.emit("feed:subscribe");

        first.killWithDatabase();
        client.awaitDisconnect();
        first.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> client.events("connection:acknowledged").size() == 2);
        assertThat(client.connection().map(Connection::recovered)).hasValue(true);
        first.api().edit(luna, incident, "title", "After");
        client.awaitEvent("incident:changed", payload -> payload.at("/incident/title").asString().equals("After"));
        assertThat(Stream.of("incident:updated", "incident:changed", "incident:created").map(client::events))
                .as("each once")
                .allSatisfy(events -> assertThat(events).hasSize(1));
    }
}
