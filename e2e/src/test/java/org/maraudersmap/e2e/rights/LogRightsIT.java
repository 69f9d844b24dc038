package org.maraudersmap.e2e.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.maraudersmap.e2e.OnSharedProduct;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.harness.EventLogReader.Entry;
import org.maraudersmap.e2e.harness.EventLogReader.Stretch;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClients;

/** What every role sees of the log in {@code GET /api/events}: exactly what the table says, and the rest is counted. */
@OnSharedProduct
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogRightsIT {
    /** By the first part of an event's type. Its owner is the user whom it is about. */
    private static final String WHO_SEES_WHAT = """
            events       | STUDENT   | PREFECT   | AUROR     | ADMIN
            incident     | yes       | yes       | yes       | yes
            comment      | yes       | yes       | yes       | yes
            presence     | yes       | yes       | yes       | yes
            user         | its owner | its owner | its owner | yes
            token        | its owner | its owner | its owner | yes
            notification | its owner | its owner | its owner | its owner
            """;
    private static final List<String> OF_EVERY_OWNER = List.of(
            "user.registered", "user.login_failed", "user.logged_in", "token.refreshed", "user.logged_out",
            "notification.created", "notification.read");

    private final Api api;
    private final Company company;
    private final SocketClients clients;
    private final Map<String, Permission> permissions = new TreeMap<>();

    LogRightsIT(Product product) {
        this.api = product.api();
        this.company = new Company(api);
        this.clients = SocketClients.of(product);
        Permission.parse(WHO_SEES_WHAT).forEach(permission -> permissions.put(permission.action(), permission));
    }

    @AfterAll
    void endClients() {
        clients.close();
        company.close();
    }

    @TestFactory
    Stream<DynamicTest> should_show_to_each_what_he_may_see_and_count_the_rest() {
        var start = new EventLogReader(api, company.admin()).readPageAfter(0, 1).head();
        var owners = Arrays.stream(Role.values()).map(role -> company.member(role, Relation.OWNER)).toList();
        var readers = new ArrayList<>(company.strangers());
        readers.addAll(owners);
        owners.forEach(this::leaveTraces);
        api.send("POST", "/api/auth/login", null, credentials("nobody.at.all@hogwarts.edu", "alohomora")).expect(401);
        await("every trace in the log").until(() -> owners.stream().allMatch(owner -> hasLeftTraces(owner, start)));

        var end = new EventLogReader(api, company.admin()).readPageAfter(start, 1).head();
        var seen = new LinkedHashMap<Caller, Stretch>();
        readers.forEach(reader -> seen.put(reader, readUpTo(end, reader.session(), start)));
        var all = new TreeMap<Long, Entry>();
        seen.values().forEach(stretch -> stretch.entries().forEach(entry -> all.put(entry.position(), entry)));

        return seen.entrySet().stream().map(each -> dynamicTest(each.getKey().toString(), () -> {
            var reader = each.getKey();
            var stretch = each.getValue();
            var expected = all.values().stream().filter(entry -> isShown(entry, reader)).toList();
            assertThat(stretch.entries()).containsExactlyElementsOf(expected);
            assertThat(stretch.hidden()).as("hidden").isEqualTo((int) (end - start) - expected.size());
        }));
    }

    private static Map<String, String> credentials(String email, String password) {
        return Map.of("email", email, "password", password);
    }

    /** An event of every kind about him. */
    private void leaveTraces(Caller owner) {
        var email = owner.session().email();
        api.send("POST", "/api/auth/login", null, credentials(email, "alohomora")).expect(401);
        var second = api.post("/api/auth/login", null, credentials(email, "mischief-managed")).expect(200).body();
        var refreshed = api.post(
                "/api/auth/refresh",
                null,
                Map.of("refreshToken", second.path("refreshToken").asString())).expect(200).body();
        api.post("/api/auth/logout", null, Map.of("refreshToken", refreshed.path("refreshToken").asString()))
                .expect(204);
        var notification = new Scene(api, company, owner).notification();
        api.send("PATCH", "/api/notifications/" + notification + "/read", owner.token(), null).expect(200);
        clients.connect(owner.token()).awaitWelcome().disconnect();
    }

    private boolean hasLeftTraces(Caller owner, long start) {
        var types = new EventLogReader(api, owner.session()).readAllAfter(start)
                .entries()
                .stream()
                .filter(entry -> isAbout(entry, owner) || isDoneBy(entry, owner))
                .map(Entry::type)
                .toList();
        return types.containsAll(OF_EVERY_OWNER) && types.contains("presence.disconnected");
    }

    private static boolean isAbout(Entry entry, Caller user) {
        return entry.data().path("userId").asString("").equals(user.session().userId());
    }

    private static boolean isDoneBy(Entry entry, Caller user) {
        return entry.event().path("userId").asString("").equals(user.session().userId());
    }

    private Stretch readUpTo(long end, Session reader, long start) {
        return new EventLogReader(api, reader).readPageAfter(start, (int) (end - start));
    }

    private boolean isShown(Entry entry, Caller reader) {
        var kind = entry.type().substring(0, entry.type().indexOf('.'));
        var relation = isAbout(entry, reader) ? Relation.OWNER : Relation.STRANGER;
        var permission = Objects.requireNonNull(permissions.get(kind), () -> "not in the table: " + kind);
        return permission.isGivenTo(new Caller(reader.role(), relation, reader.session()));
    }
}
