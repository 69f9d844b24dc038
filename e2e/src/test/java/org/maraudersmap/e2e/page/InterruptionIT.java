package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Network;
import org.maraudersmap.e2e.harness.Product;

/** Whatever comes between the page and the server, afterwards the page has everything, and nothing twice. */
@NeedsChromium
@TestInstance(Lifecycle.PER_CLASS)
class InterruptionIT {
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(12);
    private static final Duration LONGEST_RETURN = Duration.ofSeconds(40);
    private static final Pattern ANY_SOCKET = Pattern.compile(".*/socket\\.io/.*");

    private final Product product = Product
            .named("interrupted", Map.of("ACCESS_TOKEN_TTL", TOKEN_LIFE.toSeconds() + "s"));
    private final Api api = product.api();

    @BeforeAll
    void start() {
        product.start();
    }

    @AfterAll
    void stop() {
        product.close();
    }

    @Test
    void should_say_how_old_everything_is_and_catch_up_after_the_network_was_cut(People people) {
        var title = "Hippogriff at large " + UUID.randomUUID();
        var id = report(title);
        try (var network = Network.to(product)) {
            var harry = people.openAt(network.url(), "/").signInAs(DemoUser.HARRY);
            harry.openIncident(id);

            network.cut();

            assertThat(harry.pill()).containsText(Pattern.compile("offline, as of \\d\\d:\\d\\d:\\d\\d"));
            assertThat(harry.pill()).containsText(Pattern.compile("next try in \\d+ s|trying…"));
            assertThat(harry.page().getByText(Pattern.compile("^as of \\d\\d:\\d\\d"))).isVisible();
            harry.comment("It flew over the lake");
            assertThat(harry.incident(title)).containsText("It flew over the lake");
            for (var number = 1; number <= 3; number++) {
                report(title + " again, " + number);
            }
            var hermione = api.sessionOf(DemoUser.HERMIONE);
            api.comment(hermione, id, "Buckbeak!");
            api.edit(hermione, id, "severity", "SERIOUS");

            network.heal();
            harry.button("retry now").click();

            harry.awaitPill("live");
            assertThat(harry.page().getByText(Pattern.compile("^as of \\d\\d:\\d\\d"))).hasCount(0);
            for (var number = 1; number <= 3; number++) {
                assertThat(harry.row(title + " again, " + number)).hasCount(1);
            }
            assertThat(harry.incident(title).getByText("Buckbeak!")).hasCount(1);
            assertThat(harry.incident(title)).containsText("Serious");
            await().atMost(Duration.ofSeconds(15)).until(() -> commentsOn(id) == 2);
            assertThat(harry.incident(title).getByText("It flew over the lake")).hasCount(1);
            assertThat(harry.incident(title)).not().containsText("sending…");
        }
    }

    @Test
    void should_come_back_by_itself_when_the_browser_is_online_again(People people) {
        var title = "Portkey " + UUID.randomUUID();
        try (var network = Network.to(product)) {
            var harry = people.openAt(network.url(), "/").signInAs(DemoUser.HARRY);

            harry.context().setOffline(true);
            network.cut();
            assertThat(harry.pill()).containsText("offline");
            report(title);
            network.heal();
            harry.context().setOffline(false);

            harry.awaitPill("live");
            assertThat(harry.row(title)).hasCount(1);
        }
    }

    @Test
    void should_come_back_after_the_server_was_killed(People people) {
        var title = "Whomping Willow " + UUID.randomUUID();
        var harry = people.lookingAt(product, DemoUser.HARRY, report(title));
        harry.composer().fill("Half a thought");

        product.kill();
        assertThat(harry.pill()).containsText("offline");
        assertThat(harry.button("retry now")).isVisible();
        product.start();
        var later = "After the crash " + UUID.randomUUID();
        report(later);

        assertThat(harry.pill()).hasAttribute("data-kind", "live", within(LONGEST_RETURN));
        assertThat(harry.row(later)).hasCount(1);
        assertThat(harry.row(title)).hasCount(1);
        assertThat(harry.composer()).hasValue("Half a thought");
        harry.composer().press("Control+Enter");
        assertThat(harry.incident(title)).containsText("Half a thought");
    }

    @Test
    void should_stay_current_by_polling_where_websockets_are_blocked(People people) {
        var harry = people.open(product);
        harry.context().routeWebSocket(ANY_SOCKET, WebSocketRoute::close);
        harry.page().reload();
        var polls = countOf(harry.page(), "transport=polling");

        harry.signInAs(DemoUser.HARRY);
        var title = "Howler " + UUID.randomUUID();
        report(title);

        assertThat(harry.row(title)).isVisible();
        assertThat(polls.get()).isPositive();
    }

    @Test
    void should_stay_current_by_the_log_where_sockets_are_blocked_altogether(People people) {
        var harry = people.open(product);
        blockSockets(harry.context());
        harry.page().reload();
        harry.page().getByLabel("Mail").fill(DemoUser.HARRY.email());
        harry.page().getByLabel("Password").fill(DemoUser.HARRY.password());
        harry.page().getByLabel("Password").press("Enter");

        harry.awaitPill("live, every few seconds");
        var title = "By the slowest owl " + UUID.randomUUID();
        var id = report(title);
        assertThat(harry.row(title)).isVisible();

        harry.openFromList(title);
        api.comment(api.sessionOf(DemoUser.HERMIONE), id, "Errol has arrived");
        assertThat(harry.incident(title)).containsText("Errol has arrived");
        harry.comment("At last");
        assertThat(harry.incident(title).getByText("At last")).hasCount(1);
        await().atMost(Duration.ofSeconds(15)).until(() -> commentsOn(id) == 2);
    }

    @Test
    void should_renew_the_token_without_anybody_noticing(People people) {
        var title = "Time-Turner " + UUID.randomUUID();
        var harry = people.lookingAt(product, DemoUser.HARRY, report(title));
        harry.composer().fill("Half a thought");
        var renewals = countOf(harry.page(), "/api/auth/refresh");
        harry.page().evaluate(
                """
                        () => {
                          const pill = document.querySelector("header [data-kind]");
                          window.kinds = [];
                          new MutationObserver(() => window.kinds.push(pill.dataset.kind))
                            .observe(pill, { attributes: true });
                        }
                        """);
        var expired = Instant.now().plus(TOKEN_LIFE);

        await().pollInSameThread().atMost(TOKEN_LIFE.multipliedBy(2)).until(() -> {
            harry.page().waitForTimeout(200);
            return Instant.now().isAfter(expired) && renewals.get() > 0;
        });
        var later = "After the renewal " + UUID.randomUUID();
        report(later);

        assertThat(harry.row(later)).isVisible();
        assertThat(harry.page().evaluate("window.kinds")).as("what the pill said meanwhile").isEqualTo(List.of());
        assertThat(harry.composer()).hasValue("Half a thought");
    }

    private static void blockSockets(BrowserContext context) {
        context.routeWebSocket(ANY_SOCKET, WebSocketRoute::close);
        context.route(ANY_SOCKET, Route::abort);
    }

    private static AtomicInteger countOf(Page page, String address) {
        var count = new AtomicInteger();
        page.onRequest(request -> {
            if (request.url().contains(address)) {
                count.incrementAndGet();
            }
        });
        return count;
    }

    private long report(String title) {
        return api.report(api.sessionOf(DemoUser.MOODY), title).path("id").asLong();
    }

    private int commentsOn(long incident) {
        return api.get("/api/incidents/" + incident + "/comments", api.sessionOf(DemoUser.MOODY).accessToken())
                .expect(200)
                .body()
                .path("count")
                .asInt();
    }

    private static LocatorAssertions.HasAttributeOptions within(Duration time) {
        return new LocatorAssertions.HasAttributeOptions().setTimeout((double) time.toMillis());
    }
}
