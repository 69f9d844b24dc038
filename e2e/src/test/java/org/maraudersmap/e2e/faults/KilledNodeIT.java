package org.maraudersmap.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.SharedProduct;
import org.maraudersmap.e2e.faults.Ledger.Change;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.harness.EventLogReader.Entry;
import org.maraudersmap.e2e.harness.Network;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClient.Connection;
import org.maraudersmap.e2e.socket.SocketClients;
import org.maraudersmap.e2e.socket.SocketEvent;
import org.maraudersmap.e2e.socket.SocketEvent.Offset;
import tools.jackson.databind.JsonNode;

/**
 * Of two nodes on one database the one that sequences is killed while both are written to, and comes back. Its clients
 * go on at the other one. Whoever listens hears everything that was answered once and in order, wherever he is.
 */
class KilledNodeIT {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "JWT_SECRET", SharedProduct.SECRET, "NODE_ID", "killed-first");
    /** These carry an offset, too. */
    private static final Set<String> STATES = Set.of("connection:acknowledged", "log:position");
    private static final int WRITERS = 3;
    private static final int EVENTS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Far below the time-out of 30 s that is promised: a killed node's session in the database ends with it. */
    private static final Duration UNTIL_A_NODE_IS_LOST = Duration.ofSeconds(10);

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final Ledger ledger = new Ledger();

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

    @Test
    void should_lose_double_and_reorder_nothing_when_the_sequencing_node_is_killed_and_comes_back() throws Exception {
        var first = closing(Product.named("killed-first", ENVIRONMENT)).start();
        var second = closing(Product.onDatabaseOf(first, "killed-second", Map.of("JWT_SECRET", SharedProduct.SECRET)))
                .start();
        var author = first.api().login(DemoUser.DRACO);
        var moody = first.api().login(DemoUser.MOODY);
        var luna = first.api().login(DemoUser.LUNA);
        var incident = second.api().report(author, "In whose room they are").path("id").asLong();
        var network = closing(Network.to(first));
        var moving = connect(closing(SocketClients.of(network)), moody, incident);
        var staying = connect(closing(SocketClients.of(second)), moody, incident);
        // She has no other socket and will not come back.
        closing(SocketClients.of(first)).connect(luna.accessToken()).awaitWelcome();
        staying.awaitEvent("presence:join", payload -> isOf(payload, luna));

        try (var stream = new EventStream(second.api(), author, incident);
                var writers = new Writers(first.api(), first.api().login(DemoUser.HARRY), ledger)) {
            writers.start("killed", WRITERS, 1);
            await().atMost(PATIENCE).until(() -> stream.reports() > EVENTS && ledger.edits() > EVENTS);
            first.kill();
            var killed = System.nanoTime();
            network.leadTo(second);
            writers.awaitEnd();
            awaitRecovery(moving, 2);
            System.out.printf("went on at the other node after %d ms%n", millisSince(killed));
            awaitMoreOf(stream, staying);
            assertThat(second.output()).contains("this node sequences the event log");
            await().atMost(UNTIL_A_NODE_IS_LOST).until(
                    () -> staying.events("presence:leave").stream().anyMatch(event -> isOf(event.payload(), luna)));
            System.out.printf("who did not go on had vanished after %d ms%n", millisSince(killed));

            // The database, which it has started, has gone on alone; so it comes back as a node that connects to it.
            var again = closing(Product.onDatabaseOf(first, "killed-first-again", ENVIRONMENT)).start();
            var joining = connect(closing(SocketClients.of(again)), moody, incident);
            var complete = joining.events().size();
            network.leadTo(again);
            network.cut();
            await().until(() -> moving.disconnects().size() == 2);
            network.heal();
            awaitRecovery(moving, 3);
            awaitMoreOf(stream, joining);
            stream.end();
            checkWhatWasHeard(second.api(), author, new Listeners(staying, moving, joining, complete));
        }
    }

    private static SocketClient connect(SocketClients clients, Session session, long incident) {
        var client = clients.connect(ConnectOptions.withToken(session.accessToken()).comingBack())
                .awaitWelcome()
                .joinIncident(incident);
        assertThat(client.emit("feed:subscribe").path("ok").asBoolean()).isTrue();
        return client;
    }

    private static boolean isOf(JsonNode payload, Session session) {
        return payload.path("userId").asString().equals(session.userId());
    }

    private static void awaitRecovery(SocketClient client, int nth) {
        await("welcome " + nth).atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> client.events("connection:acknowledged").size() == nth);
        assertThat(client.connection().map(Connection::recovered)).as("recovered").hasValue(true);
    }

    private static void awaitMoreOf(EventStream stream, SocketClient client) {
        var more = stream.reports() + EVENTS;
        await().atMost(PATIENCE).until(() -> stream.reports() > more);
        client.awaitEvent("incident:created", payload -> titleOf(payload).equals("Report " + more));
    }

    private static String titleOf(JsonNode payload) {
        return payload.at("/incident/title").asString();
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    /**
     * What is compared in the end.
     *
     * @param staying
     *            was never cut
     * @param moving
     *            was, twice
     * @param joining
     *            came late
     * @param complete
     *            after so many events of his he was in the room and had the feed
     */
    private record Listeners(SocketClient staying, SocketClient moving, SocketClient joining, int complete) {

        List<SocketClient> all() {
            return List.of(staying, moving, joining);
        }
    }

    private void checkWhatWasHeard(Api api, Session author, Listeners listeners) {
        api.report(author, "The end");
        listeners.all()
                .forEach(client -> client.awaitEvent(
                        "incident:created", payload -> titleOf(payload).equals("The end")));
        var staying = listeners.staying();
        var urgent = staying.events("incident:created").stream().filter(KilledNodeIT::isUrgent).count();
        await().atMost(PATIENCE).until(() -> staying.events("notification:new").size() >= urgent);
        var heard = messages(staying.events());
        await().atMost(PATIENCE).until(
                () -> listeners.all()
                        .stream()
                        .allMatch(client -> messages(client.events()).getLast().equals(heard.getLast())));

        var admin = api.login(DemoUser.ADMIN);
        var mirror = new LogMirror(new EventLogReader(api, admin));
        mirror.update();
        var floor = staying.events("connection:acknowledged").getFirst().offset().orElseThrow().position();
        var written = new EventLogReader(api, admin).readAllAfter(floor)
                .entries()
                .stream()
                .filter(Entry::isOfIncident)
                .map(entry -> changeOf(entry.incident()))
                .toList();
        var changes = staying.events()
                .stream()
                .filter(event -> FeedListener.CHANGES.contains(event.name()))
                .map(event -> changeOf(event.payload().path("incident")))
                .toList();
        var offsets = heard.stream().map(Message::offset).toList();
        var sorted = offsets.stream()
                .distinct()
                .sorted(Comparator.comparingLong(Offset::position).thenComparingInt(Offset::n))
                .toList();
        System.out.printf(
                "%d messages of %d changes, %d of these answered by the killed node, which left %d requests unanswered;"
                        + " doubled %d, lost %d; %d notifications of %d urgent incidents%n",
                heard.size(),
                written.size(),
                ledger.acknowledged().size(),
                ledger.unanswered(),
                offsets.size() - sorted.size(),
                written.size() - changes.size(),
                staying.events("notification:new").size(),
                urgent);
        assertThat(mirror.changes()).as("what was answered").containsAllEntriesOf(ledger.acknowledged());
        assertThat(changes).as("every change once, in the order of the log").isEqualTo(written);
        assertThat(offsets).as("nothing twice, nothing out of order").isEqualTo(sorted);
        assertThat(staying.events("notification:new")).as("one for each urgent incident").hasSize((int) urgent);
        assertThat(messages(listeners.moving().events())).as("heard by who moved").isEqualTo(heard);
        var events = listeners.joining().events();
        assertThat(heard).as("heard by who came late")
                .endsWith(messages(events.subList(listeners.complete(), events.size())).toArray(Message[]::new));
    }

    private static boolean isUrgent(SocketEvent event) {
        return event.payload().at("/incident/severity").asString().equals("CRITICAL");
    }

    private static Change changeOf(JsonNode incident) {
        return new Change(incident.path("id").asLong(), incident.path("version").asLong());
    }

    /** What came of the log. */
    private record Message(String event, JsonNode payload, Offset offset) {}

    private static List<Message> messages(List<SocketEvent> events) {
        return events.stream()
                .filter(event -> !STATES.contains(event.name()) && event.offset().isPresent())
                .map(event -> new Message(event.name(), event.payload(), event.offset().orElseThrow()))
                .toList();
    }
}
