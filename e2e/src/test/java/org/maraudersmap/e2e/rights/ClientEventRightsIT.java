package org.maraudersmap.e2e.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.maraudersmap.e2e.OnSharedProduct;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;
import tools.jackson.databind.JsonNode;

/** Every client event, sent by every role about what is one's own, another's and not there. */
@OnSharedProduct
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientEventRightsIT {
    private static final String IN_THE_ROOM = " (in the room)";
    /** The same for every role: what one may do here depends on what it is about. */
    private static final String WHAT_IS_ANSWERED = """
            heartbeat                 |                                       | ok
            feed:subscribe            |                                       | ok
            feed:unsubscribe          |                                       | ok
            authenticate              | {"token":"{ownToken}"}                | ok
            authenticate              | {"token":"{foreignToken}"}            | FORBIDDEN
            authenticate              | {"token":"{ownRefreshToken}"}         | UNAUTHENTICATED
            room:join                 | {"room":"incident:{incident}"}        | ok
            room:join                 | {"room":"incident:999999999"}         | NOT_FOUND
            room:join                 | {"room":"incident:0{incident}"}       | NOT_FOUND
            room:join                 | {"room":"user:{self}"}                | FORBIDDEN
            room:join                 | {"room":"user:{other}"}               | FORBIDDEN
            room:join                 | {"room":"role:STUDENT"}               | FORBIDDEN
            room:join                 | {"room":"role:PREFECT"}               | FORBIDDEN
            room:join                 | {"room":"role:AUROR"}                 | FORBIDDEN
            room:join                 | {"room":"role:ADMIN"}                 | FORBIDDEN
            room:join                 | {"room":"feed"}                       | FORBIDDEN
            room:join                 | {"room":"{otherSocket}"}              | FORBIDDEN
            room:leave (in the room)  | {"room":"incident:{incident}"}        | ok
            room:leave                | {"room":"incident:{incident}"}        | ok
            typing:start (in the room)| {"incidentId":"{incident}"}           | ok
            typing:start              | {"incidentId":"{incident}"}           | FORBIDDEN
            typing:start (in the room)| {"incidentId":"999999999"}            | FORBIDDEN
            typing:stop (in the room) | {"incidentId":"{incident}"}           | ok
            typing:stop               | {"incidentId":"{incident}"}           | FORBIDDEN
            notification:mark_read    | {"notificationId":"{notification}"}   | ok
            notification:mark_read    | {"notificationId":"{foreignOne}"}     | NOT_FOUND
            """;

    private final Api api;
    private final Company company;
    private final SocketClients clients;
    private final Scene foreign;
    private final Caller other;
    private final SocketClient othersClient;

    ClientEventRightsIT(Product product) {
        this.api = product.api();
        this.company = new Company(api);
        this.clients = SocketClients.of(product);
        this.other = company.member(Role.STUDENT, Relation.REPORTER);
        this.foreign = new Scene(api, company, other);
        this.othersClient = clients.connect(other.token());
    }

    @AfterAll
    void endClients() {
        clients.close();
        company.close();
    }

    @TestFactory
    Stream<DynamicTest> should_answer_what_is_ones_own_and_refuse_the_rest() {
        othersClient.awaitWelcome();
        return Arrays.stream(Role.values())
                .map(role -> company.member(role, Relation.OWNER))
                .flatMap(caller -> WHAT_IS_ANSWERED.lines()
                        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                        .map(row -> dynamicTest(caller.role() + ": " + row, () -> check(row, caller))));
    }

    private void check(List<String> row, Caller caller) {
        var client = clients.connect(caller.token()).awaitWelcome();
        if (row.getFirst().endsWith(IN_THE_ROOM)) {
            client.joinIncident(foreign.incident());
        }

        var answer = emit(client, row.getFirst().replace(IN_THE_ROOM, ""), fill(row.get(1), caller));

        var expected = row.getLast();
        assertThat(answer.path("ok").asBoolean()).as("%s: %s: acknowledged %s", caller, row, answer)
                .isEqualTo(expected.equals("ok"));
        assertThat(answer.path("code").asString("ok")).isEqualTo(expected);
        if (row.getFirst().equals("authenticate") && !expected.equals("ok")) {
            assertThat(client.awaitDisconnect()).as("closed for good").isEqualTo("io server disconnect");
        } else {
            assertThat(client.emit("heartbeat").path("ok").asBoolean()).as("still open").isTrue();
            client.disconnect();
        }
        assertThat(client.events("room:joined")).as("rooms joined").hasSize(isIn(row) ? 1 : 0);
        assertThat(othersClient.events("notification:read")).as("nobody else's is marked").isEmpty();
    }

    /** Whether the client has been in the room of the incident. */
    private static boolean isIn(List<String> row) {
        return row.getFirst().endsWith(IN_THE_ROOM)
                || (row.getFirst().equals("room:join") && row.getLast().equals("ok"));
    }

    private static JsonNode emit(SocketClient client, String event, String payload) {
        return payload.isEmpty() ? client.emit(event) : client.emit(event, Api.JSON.readTree(payload));
    }

    private String fill(String payload, Caller caller) {
        var filled = payload.replace("{ownToken}", caller.token())
                .replace("{foreignToken}", other.token())
                .replace("{ownRefreshToken}", caller.session().refreshToken())
                .replace("{self}", caller.session().userId())
                .replace("{other}", other.session().userId())
                .replace("{otherSocket}", othersClient.connection().orElseThrow().socketId())
                .replace("{incident}", String.valueOf(foreign.incident()));
        if (filled.contains("{notification}")) {
            filled = filled.replace("{notification}", new Scene(api, company, caller).notification());
        }
        return filled.contains("{foreignOne}") ? filled.replace("{foreignOne}", notificationOfOther()) : filled;
    }

    private String notificationOfOther() {
        return new Scene(api, company, new Caller(other.role(), Relation.OWNER, other.session())).notification();
    }
}
