package org.maraudersmap.e2e.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.Network;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClient.Connection;
import org.maraudersmap.e2e.socket.SocketClients;
import org.maraudersmap.e2e.socket.SocketEvent;
import tools.jackson.databind.JsonNode;

/** What happens on one node is heard on both: once, and of one incident in order. */
@ExtendWith(TwoNodes.Shared.class)
class EventsAcrossNodesIT {
    private static final int INCIDENTS = 3;
    private static final int EDITS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TwoNodes nodes;
    private final Api here;
    private final Api there;
    private final SocketClients clientsHere;
    private final SocketClients clientsThere;
    private final Session author;
    private final Session owner;

    EventsAcrossNodesIT(TwoNodes nodes) {
        this.nodes = nodes;
        this.here = nodes.first().api();
        this.there = nodes.second().api();
        this.clientsHere = SocketClients.of(nodes.first());
        this.clientsThere = SocketClients.of(nodes.second());
        this.author = here.registerStudent();
        this.owner = there.registerStudent();
    }

    @AfterEach
    void endClients() {
        clientsHere.close();
        clientsThere.close();
    }

    /** A socket of the same user on each node. */
    private List<SocketClient> connectToBoth(Session session) {
        return List.of(
                clientsHere.connect(session.accessToken()).awaitWelcome(),
                clientsThere.connect(session.accessToken()).awaitWelcome());
    }

    @Test
    void should_tell_edits_on_both_nodes_to_sockets_of_both_in_order_and_once() throws Exception {
        var listeners = connectToBoth(owner);
        listeners.forEach(listener -> listener.emit("feed:subscribe"));
        var incidents = IntStream.range(0, INCIDENTS).mapToObj(n -> report("Edited from both sides " + n)).toList();

        var refused = editOnBothNodesAtOnce(incidents);

        assertThat(refused).isZero();
        // Reported is version 1.
        var expected = LongStream.rangeClosed(2, 1 + 2 * EDITS).boxed().toList();
        for (var listener : listeners) {
            await().atMost(PATIENCE).until(() -> changesOf(incidents, listener).size() >= INCIDENTS * 2 * EDITS);
            var versions = new HashMap<Long, List<Long>>();
            for (var event : changesOf(incidents, listener)) {
                var incident = event.payload().path("incident");
                versions.computeIfAbsent(incident.path("id").asLong(), _ -> new ArrayList<>())
                        .add(incident.path("version").asLong());
            }
            incidents.forEach(id -> assertThat(versions.get(id)).as("versions of %d", id).isEqualTo(expected));
        }
        assertThat(offsets(changesOf(incidents, listeners.getLast())))
                .isEqualTo(offsets(changesOf(incidents, listeners.getFirst())));
    }

    /** One writer for each incident on each node; how many edits failed. */
    private int editOnBothNodesAtOnce(List<Long> incidents) throws InterruptedException, ExecutionException {
        var failures = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Future<Integer>>();
            for (var incident : incidents) {
                for (var api : List.of(here, there)) {
                    writers.add(threads.submit(() -> edit(api, incident)));
                }
            }
            for (var writer : writers) {
                failures += writer.get();
            }
        }
        return failures;
    }

    private int edit(Api api, long incident) {
        var failures = 0;
        for (var n = 0; n < EDITS; n++) {
            var title = Map.of("title", api.base() + " " + n);
            var answer = api.send("PATCH", "/api/incidents/" + incident, author.accessToken(), title);
            failures += answer.status() == 200 ? 0 : 1;
        }
        return failures;
    }

    private static List<SocketEvent> changesOf(List<Long> incidents, SocketClient listener) {
        return listener.events("incident:changed")
                .stream()
                .filter(event -> incidents.contains(event.payload().at("/incident/id").asLong()))
                .toList();
    }

    private static List<SocketEvent.Offset> offsets(List<SocketEvent> events) {
        return events.stream().map(event -> event.offset().orElseThrow()).toList();
    }

    @Test
    void should_tell_comments_to_the_room_on_both_nodes() {
        var incident = report("Talked about on both sides");
        var listeners = connectToBoth(owner);
        listeners.forEach(listener -> listener.joinIncident(incident));

        var first = here.comment(author, incident, "Said here");
        var second = there.comment(author, incident, "Said there");
        there.send(
                "DELETE",
                "/api/incidents/" + incident + "/comments/" + first.path("id").asLong(),
                author.accessToken(),
                null).expect(204);

        for (var listener : listeners) {
            listener.awaitEvent("comment:deleted", payload -> isId(payload.path("commentId"), first));
            assertThat(listener.events("comment:created"))
                    .extracting(event -> event.payload().path("comment"))
                    .containsExactly(first, second);
            assertThat(listener.events("comment:deleted")).hasSize(1);
        }
    }

    private static boolean isId(JsonNode text, JsonNode comment) {
        return text.asString().equals(comment.path("id").asString());
    }

    @Test
    void should_tell_notifications_to_their_owner_on_both_nodes() {
        var tabs = connectToBoth(owner);
        here.comment(author, report("Where somebody is talked of"), "@" + owner.handle());
        here.comment(author, report("And again"), "@" + owner.handle());
        for (var tab : tabs) {
            await().atMost(PATIENCE).until(() -> tab.events("notification:new").size() == 2);
        }
        var ids = tabs.getFirst()
                .events("notification:new")
                .stream()
                .map(event -> event.payload().path("id").asString())
                .toList();

        tabs.getLast().emit("notification:mark_read", Map.of("notificationId", ids.getFirst()));
        here.send("PATCH", "/api/notifications/" + ids.getLast() + "/read", owner.accessToken(), null).expect(200);
        there.send("DELETE", "/api/notifications/" + ids.getFirst(), owner.accessToken(), null).expect(204);

        for (var tab : tabs) {
            tab.awaitEvent("notification:dismissed", payload -> isId(payload, ids.getFirst()));
            assertThat(tab.events("notification:new")).hasSize(2);
            assertThat(tab.events("notification:read"))
                    .extracting(event -> event.payload().path("notificationId").asString())
                    .containsExactlyElementsOf(ids);
            assertThat(tab.events("notification:dismissed")).hasSize(1);
        }
        for (var api : List.of(here, there)) {
            assertThat(api.notifications(owner)).extracting(each -> each.path("id").asString())
                    .containsExactly(ids.getLast());
        }
    }

    private static boolean isId(JsonNode payload, String notification) {
        return payload.path("notificationId").asString().equals(notification);
    }

    @Test
    void should_recover_on_another_node_and_on_the_first_again() {
        var incident = report("Title 0");
        try (var network = Network.to(nodes.second()); var clients = SocketClients.of(network)) {
            var client = clients.connect(ConnectOptions.withToken(owner.accessToken()).comingBack())
                    .awaitWelcome()
                    .joinIncident(incident);
            var hosts = List.of(nodes.first(), nodes.second(), nodes.first());
            for (var i = 0; i < hosts.size(); i++) {
                move(client, network, hosts.get(i), incident, i + 1);
            }
            here.edit(author, incident, "title", "Live");
            client.awaitEvent("incident:updated", payload -> payload.at("/incident/title").asString().equals("Live"));
            assertThat(client.events("incident:updated"))
                    .extracting(event -> event.payload().at("/incident/title").asString())
                    .containsExactly("Title 1", "Title 2", "Title 3", "Live");
        }
    }

    /** The client's connection breaks for the {@code nth} time, something happens, and it comes back to this node. */
    private void move(SocketClient client, Network network, Product host, long incident, int nth) {
        network.cut();
        await().until(() -> client.disconnects().size() == nth);
        here.edit(author, incident, "title", "Title " + nth);
        network.leadTo(host);
        network.heal();
        await().atMost(PATIENCE).until(() -> client.events("connection:acknowledged").size() == nth + 1);
        assertThat(client.connection().map(Connection::recovered)).hasValue(true);
    }

    private long report(String title) {
        return here.report(author, title).path("id").asLong();
    }
}
