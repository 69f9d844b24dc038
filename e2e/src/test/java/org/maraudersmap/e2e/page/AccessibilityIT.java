package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;

/** What a machine can tell of WCAG 2.2 AA: axe on every screen, light and dark, wide and on a phone; and motion. */
@NeedsChromium
class AccessibilityIT {
    private static final List<String> WCAG_2_2_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static final int WIDE = 1440;
    private static final int PHONE = 390;
    private static final int HEIGHT = 880;

    private final List<String> findings = new ArrayList<>();
    private final Api api;
    private final Person person;

    AccessibilityIT(Product product, People people) {
        this.api = product.api();
        this.person = people.open(product);
    }

    @Test
    void should_have_no_findings_where_people_come_in() {
        assertThat(person.button("Sign in")).isVisible();
        look("sign-in");
        person.link("Make an account").click();
        assertThat(person.button("Make an account")).isVisible();
        look("registration");

        assertThat(findings).isEmpty();
    }

    @Test
    void should_have_no_findings_on_the_board() {
        var incident = lively();
        person.signInAs(DemoUser.ADMIN);
        look("board");
        person.press("j", "x");
        assertThat(person.page().getByText("1 selected")).isVisible();
        look("board with a selection");
        person.press("Escape");
        person.button("Severity").click();
        look("filter");

        person.openIncident(incident);
        look("incident");
        person.press("e");
        assertThat(person.button("Save")).isVisible();
        look("edit");
        person.page().navigate("/nowhere");
        assertThat(person.page().getByRole(AriaRole.HEADING).first()).isVisible();
        look("nowhere");

        assertThat(findings).isEmpty();
    }

    @Test
    void should_have_no_findings_in_what_opens_over_a_screen() {
        lively();
        person.signInAs(DemoUser.ADMIN);
        for (var key : List.of("c", "?", "Control+k", "a", "r")) {
            person.press("j", key);
            assertThat(person.dialog()).isVisible();
            look("what opens by " + key);
            person.press("Escape");
            assertThat(person.dialog()).hasCount(0);
        }
        person.bell().click();
        assertThat(person.page().getByRole(AriaRole.HEADING, named("Notifications"))).isVisible();
        look("notifications");
        person.press("Escape");
        person.page().getByRole(AriaRole.BUTTON, named("profile, theme, sign out")).click();
        assertThat(person.page().getByRole(AriaRole.MENU)).isVisible();
        look("menu");

        assertThat(findings).isEmpty();
    }

    @Test
    void should_have_no_findings_on_the_other_screens() {
        lively();
        person.signInAs(DemoUser.ADMIN);
        person.link("Map").click();
        assertThat(person.page().getByRole(AriaRole.COMPLEMENTARY, named("Afoot"))).isVisible();
        look("map");
        person.page().getByRole(AriaRole.BUTTON, named("Turn back time")).click();
        assertThat(person.page().getByLabel("Position in the log")).isVisible();
        look("time travel");
        person.link("Analytics").click();
        assertThat(person.page().getByRole(AriaRole.FIGURE).first()).isVisible();
        look("analytics");
        for (var tab : Map.of("consumers", "table", "log", "ol", "dead-letters", "section", "audit", "form")
                .entrySet()) {
            person.page().navigate("/owl-post?tab=" + tab.getKey());
            assertThat(person.page().getByRole(AriaRole.MAIN).locator(tab.getValue()).first()).isVisible();
            look("owl post, " + tab.getKey());
        }
        person.page().navigate("/profile");
        assertThat(person.page().getByRole(AriaRole.HEADING, named("Password"))).isVisible();
        look("profile");

        assertThat(findings).isEmpty();
    }

    /** Looks at what is shown in both widths: at everything in the light, at the colours in the dark. */
    private void look(String what) {
        for (var width : List.of(WIDE, PHONE)) {
            person.page().setViewportSize(width, HEIGHT);
            show(ColorScheme.LIGHT);
            analyze(what + ", " + width + " px, light", "tag", WCAG_2_2_AA);
            show(ColorScheme.DARK);
            analyze(what + ", " + width + " px, dark", "rule", List.of("color-contrast"));
        }
        person.page().setViewportSize(WIDE, HEIGHT);
    }

    /** What fades or moves on is not looked at half way. */
    private void show(ColorScheme scheme) {
        person.page().emulateMedia(
                new EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
    }

    /** Axe stays in a document once it is there; its builder would bring it, half a megabyte, twice for each look. */
    private void analyze(String what, String kind, List<String> names) {
        var page = person.page();
        if (page.evaluate("() => !window.axe").equals(true)) {
            page.evaluate("() => {" + AxeBuilder.getAxeScript() + "}");
        }
        // What it finds in order it need not describe.
        var options = Map.of("runOnly", Map.of("type", kind, "values", names), "resultTypes", List.of("violations"));
        var found = (List<?>) page.evaluate(
                """
                        async (options) => (await axe.run(document, options)).violations.flatMap(
                          ({ id, nodes }) => nodes.map(({ target, html }) => `${id} at ${target} ${html}`))
                        """,
                options);
        found.forEach(finding -> findings.add(what + ": " + finding));
    }

    @Test
    void should_move_nothing_where_motion_is_not_wanted() {
        var moody = api.sessionOf(DemoUser.MOODY);
        person.signInAs(DemoUser.ADMIN);

        assertThat(motionsDuring(moody, ReducedMotion.NO_PREFERENCE)).as("what moves otherwise").isNotEmpty();
        assertThat(motionsDuring(moody, ReducedMotion.REDUCE)).isEmpty();
    }

    /** What moves while an incident arrives on the map, and with it a toast, and a dialog opens. */
    private List<?> motionsDuring(Session reporter, ReducedMotion preference) {
        person.page().emulateMedia(new EmulateMediaOptions().setReducedMotion(preference));
        person.page().navigate("/map");
        person.awaitPill("live");
        assertThat(person.news()).isAttached();
        person.page().evaluate(
                """
                        () => {
                          window.motions = new Set();
                          const watch = () => {
                            for (const animation of document.getAnimations()) {
                              const { duration } = animation.effect.getComputedTiming();
                              if (animation.playState === "running" && duration > 20) {
                                window.motions.add(animation.animationName ?? animation.transitionProperty);
                              }
                            }
                            requestAnimationFrame(watch);
                          };
                          watch();
                        }
                        """);
        var title = "Acromantula " + UUID.randomUUID();
        api.report(reporter, title);
        assertThat(person.news()).containsText(title);
        person.press("?");
        assertThat(person.dialog()).isVisible();
        person.press("Escape");
        return (List<?>) person.page().evaluate("[...window.motions]");
    }

    /** An incident of every severity; one of them with a conversation, an edit and a notification for the ADMIN. */
    private long lively() {
        var hermione = api.sessionOf(DemoUser.HERMIONE);
        for (var severity : List.of("SUSPICIOUS", "SERIOUS", "DANGEROUS", "CRITICAL", "UNFORGIVABLE")) {
            var id = api.report(hermione, "A matter of " + severity).path("id").asLong();
            api.edit(hermione, id, "severity", severity);
        }
        var incident = api.report(hermione, "Mandrakes in the greenhouse").path("id").asLong();
        api.edit(hermione, incident, "description", "They cry, and `earmuffs` are missing.");
        api.comment(hermione, incident, "Ask @admin, and do not listen: `aaah`");
        return incident;
    }

    private static GetByRoleOptions named(String name) {
        return new GetByRoleOptions().setName(name);
    }
}
