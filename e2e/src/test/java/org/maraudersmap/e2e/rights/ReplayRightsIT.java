package org.maraudersmap.e2e.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.maraudersmap.e2e.OnSharedProduct;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.Network;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClient.Connection;
import org.maraudersmap.e2e.socket.SocketClients;
import tools.jackson.databind.JsonNode;

/**
 * What those get who come back after their roles have changed, from every role to every role: what was missed, as far
 * as they may see it now.
 */
@OnSharedProduct
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayRightsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Api api;
    private final Company company;
    private final Network network;
    private final SocketClients clients;
    private final Session clerk;
    private final List<Traveller> travellers = new ArrayList<>();

    /** Somebody who is away while his role changes; {@code mentions} is how often he is spoken of meanwhile. */
    private record Traveller(Role before, Role after, Session session, SocketClient client, int mentions) {

        @Override
        public String toString() {
            return before + " who comes back as " + after + ", mentioned " + mentions + " times";
        }
    }

    ReplayRightsIT(Product product) {
        this.api = product.api();
        this.company = new Company(api);
        this.network = Network.to(product);
        this.clients = SocketClients.of(network);
        this.clerk = api.registerStudent();
    }

    @AfterAll
    void endClients() {
        clients.close();
        network.close();
        company.close();
    }

    @TestFactory
    Stream<DynamicTest> should_replay_what_a_user_may_see_now() {
        var incident = report("In whose room all of them are");
        var elsewhere = report("In whose room nobody is");
        for (var before : Role.values()) {
            for (var after : Role.values()) {
                travellers.add(connect(before, after, incident));
            }
        }
        network.cut();
        await().atMost(PATIENCE).until(() -> travellers.stream().noneMatch(this::isConnected));

        travellers.stream()
                .filter(traveller -> traveller.after() != traveller.before())
                .forEach(traveller -> company.changeRole(traveller.session(), traveller.after()));
        api.edit(clerk, incident, "severity", "CRITICAL");
        api.edit(clerk, elsewhere, "title", "Still nobody");
        travellers.stream().filter(traveller -> traveller.mentions() > 0).forEach(this::mention);

        network.heal();
        await().atMost(PATIENCE)
                .until(() -> travellers.stream().allMatch(traveller -> welcomes(traveller.client()) == 2));
        return travellers.stream().map(traveller -> dynamicTest(traveller.toString(), () -> check(traveller)));
    }

    private Traveller connect(Role before, Role after, long incident) {
        var session = api.registerStudent();
        if (before != Role.STUDENT) {
            company.changeRole(session, before);
        }
        var client = clients.connect(ConnectOptions.withToken(session.accessToken()).comingBack())
                .awaitWelcome()
                .joinIncident(incident);
        return new Traveller(before, after, session, client, before == after ? 1 : 0);
    }

    private boolean isConnected(Traveller traveller) {
        return traveller.client().connection().isPresent();
    }

    private void mention(Traveller traveller) {
        api.comment(clerk, report("Where somebody is talked of"), "@" + traveller.session().handle());
        await().until(() -> api.notifications(traveller.session()).stream().anyMatch(ReplayRightsIT::isMention));
    }

    private static boolean isMention(JsonNode notification) {
        return notification.path("type").asString().equals("mention");
    }

    private static long welcomes(SocketClient client) {
        return client.events("connection:acknowledged").size();
    }

    private static void check(Traveller traveller) {
        var client = traveller.client();
        assertThat(client.connection().map(Connection::recovered)).hasValue(true);
        assertThat(client.events("escalation:critical")).as("what is for AURORs")
                .hasSize(traveller.after() == Role.AUROR ? 1 : 0);
        assertThat(client.events("notification:new").stream().filter(event -> isMention(event.payload())))
                .as("what is for him")
                .hasSize(traveller.mentions());
        assertThat(client.events("incident:updated")).as("what is for his room").hasSize(1);
    }

    @Test
    void should_replay_nothing_to_who_shows_another_users_session() {
        var incident = report("In whose room only one is");
        var owner = api.registerStudent();
        var victim = clients.connect(owner.accessToken()).awaitWelcome().joinIncident(incident);
        var pid = victim.connection().orElseThrow().pid();
        var offset = victim.events("connection:acknowledged").getLast().arguments().getLast().asString();
        victim.cut();
        victim.awaitDisconnect();
        api.edit(clerk, incident, "title", "Not for thieves");
        var thief = comeWith(api.registerStudent(), pid, offset);
        assertThat(isTakenForRecovered(thief)).isFalse();
        assertThat(thief.events("incident:updated")).isEmpty();

        // The control: with it its owner gets everything.
        var back = comeWith(owner, pid, offset);
        assertThat(isTakenForRecovered(back)).isTrue();
        assertThat(back.events("incident:updated")).hasSize(1);
    }

    private SocketClient comeWith(Session session, String pid, String offset) {
        var auth = Map.of("token", session.accessToken(), "pid", pid, "offset", offset);
        return clients.connect(ConnectOptions.withoutToken().with("auth", auth)).awaitWelcome();
    }

    /** By the server: a client that has not had the session itself cannot tell. */
    private static boolean isTakenForRecovered(SocketClient client) {
        return client.events("connection:acknowledged").getLast().payload().path("recovered").asBoolean();
    }

    private long report(String title) {
        return api.report(clerk, title).path("id").asLong();
    }
}
