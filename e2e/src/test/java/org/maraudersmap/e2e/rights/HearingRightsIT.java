package org.maraudersmap.e2e.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.OnSharedProduct;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;

/** What sockets of every role hear live: what is for a role or a user reaches nobody else, whatever he asks for. */
@OnSharedProduct
class HearingRightsIT {
    private final Api api;
    private final Company company;
    private final SocketClients clients;
    private final Session clerk;
    private final Caller owner;
    private final Map<Caller, SocketClient> listeners = new LinkedHashMap<>();

    HearingRightsIT(Product product) {
        this.api = product.api();
        this.company = new Company(api);
        this.clients = SocketClients.of(product);
        this.clerk = company.member(Role.STUDENT, Relation.REPORTER).session();
        this.owner = company.member(Role.STUDENT, Relation.OWNER);
        var everybody = new ArrayList<>(company.strangers());
        everybody.add(owner);
        everybody.forEach(caller -> listeners.put(caller, clients.connect(caller.token())));
    }

    @AfterEach
    void endClients() {
        clients.close();
        company.close();
    }

    @Test
    void should_tell_aurors_what_is_for_aurors_and_users_what_is_for_them() {
        listeners.forEach((_, client) -> askForEverything(client));

        makeNews("Heard by whom it concerns");

        listeners.forEach((caller, client) -> {
            assertThat(client.events("escalation:critical")).as("escalations of %s", caller)
                    .hasSize(caller.role() == Role.AUROR ? 1 : 0);
            assertThat(mentionsHeardBy(client)).as("mentions of %s", caller).hasSize(caller.equals(owner) ? 1 : 0);
            assertThat(client.events("incident:changed")).as("the feed").isEmpty();
            assertThat(client.events("incident:updated")).as("the room").isEmpty();
        });
    }

    /** The rooms into which the server has put a socket are not its client's to leave. */
    @Test
    void should_go_on_telling_those_who_ask_to_leave_rooms_of_the_server() {
        listeners.forEach((caller, client) -> {
            client.awaitWelcome();
            List.of("role:" + caller.role(), "user:" + caller.session().userId())
                    .forEach(room -> client.emit("room:leave", Map.of("room", room)));
        });

        makeNews("Heard all the same");

        listeners.forEach((caller, client) -> {
            assertThat(client.events("escalation:critical")).hasSize(caller.role() == Role.AUROR ? 1 : 0);
            assertThat(mentionsHeardBy(client)).hasSize(caller.equals(owner) ? 1 : 0);
        });
    }

    @Test
    void should_let_what_is_heard_follow_the_role() {
        var promoted = listeners.get(company.member(Role.STUDENT, Relation.STRANGER));
        var demoted = listeners.get(company.member(Role.AUROR, Relation.STRANGER));
        assertThat(promoted).isNotNull();
        assertThat(demoted).isNotNull();
        listeners.values().forEach(SocketClient::awaitWelcome);
        company.changeRole(company.member(Role.STUDENT, Relation.STRANGER).session(), Role.AUROR);
        company.changeRole(company.member(Role.AUROR, Relation.STRANGER).session(), Role.STUDENT);

        makeNews("Heard by who is AUROR now");

        assertThat(promoted.events("escalation:critical")).hasSize(1);
        assertThat(demoted.events("escalation:critical")).isEmpty();
    }

    private void askForEverything(SocketClient client) {
        client.awaitWelcome();
        List.of("role:AUROR", "role:ADMIN", "user:" + owner.session().userId(), "feed")
                .forEach(room -> client.emit("room:join", Map.of("room", room)));
    }

    private static List<String> mentionsHeardBy(SocketClient client) {
        return client.events("notification:new")
                .stream()
                .map(event -> event.payload().path("type").asString())
                .filter("mention"::equals)
                .toList();
    }

    /** An escalation, an edit and a mention; returns when every socket has heard what it will. */
    private void makeNews(String title) {
        var incident = api.report(clerk, title).path("id").asLong();
        api.edit(clerk, incident, "severity", "CRITICAL");
        api.comment(clerk, incident, "@" + owner.session().handle());
        var mentioned = listeners.get(owner);
        assertThat(mentioned).isNotNull();
        mentioned.awaitEvent("notification:new");
        // What a socket hears comes in the order of the log: after this it has heard all that was before.
        var fence = api.report(clerk, "A fence").path("id").asLong();
        listeners.values()
                .forEach(client -> client.awaitEvent(
                        "incident:created", payload -> payload.at("/incident/id").asLong() == fence));
    }
}
