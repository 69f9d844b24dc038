package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

/** Everything can be done without a mouse, and one always sees where one is. */
@NeedsChromium
class KeyboardIT {
    private static final int LONGEST_WAY = 40;

    private final String title = "Boggart in the wardrobe " + UUID.randomUUID();
    private final Api api;
    private final Person hermione;

    KeyboardIT(Product product, People people) {
        this.api = product.api();
        this.hermione = people.signedIn(product, DemoUser.HERMIONE);
    }

    @Test
    void should_report_discuss_and_resolve_an_incident_without_a_mouse() {
        hermione.press("c");
        assertThat(hermione.dialog().getByLabel("What is going on?")).isFocused();
        hermione.page().keyboard().type(title);
        hermione.press("Control+Enter");
        assertThat(hermione.row(title).getByRole(AriaRole.LINK)).isVisible();

        hermione.press("j");
        assertThat(hermione.row(title).getByRole(AriaRole.LINK)).isFocused();
        hermione.press("Enter");
        assertThat(hermione.incident(title)).isVisible();

        hermione.press("i");
        assertThat(hermione.composer()).isFocused();
        hermione.page().keyboard().type("Riddikulus");
        hermione.press("Control+Enter");
        assertThat(hermione.incident(title).getByRole(AriaRole.LISTITEM).filter(withText("Riddikulus"))).isVisible();
        assertThat(hermione.composer()).isFocused();
        hermione.press("Escape", "e");
        assertThat(hermione.page().getByLabel("Title", new GetByLabelOptions().setExact(true)))
                .isFocused();
        hermione.page().keyboard().type("!");
        hermione.press("Control+Enter");
        assertThat(hermione.incident(title + "!")).isVisible();

        hermione.press("a");
        assertThat(hermione.dialog().getByRole(AriaRole.COMBOBOX)).isFocused();
        hermione.press("Enter");
        assertThat(hermione.incident(title)).containsText("assigned to you");

        hermione.press("r");
        assertThat(hermione.dialog().getByLabel("What came of it?")).isFocused();
        hermione.page().keyboard().type("It is a clown now");
        hermione.press("Control+Enter");
        assertThat(hermione.incident(title)).containsText("It is a clown now");
        assertThat(hermione.row(title)).containsText("Resolved");
    }

    @Test
    void should_move_through_the_list_with_the_focus_in_sight() {
        var session = api.sessionOf(DemoUser.MOODY);
        api.report(session, title + " 1");
        api.report(session, title + " 2");
        assertThat(hermione.row(title)).hasCount(2);

        hermione.press("j", "j");
        assertIsFocusedInSight(hermione.row(title + " 1").getByRole(AriaRole.LINK));
        hermione.press("k");
        assertIsFocusedInSight(hermione.row(title + " 2").getByRole(AriaRole.LINK));
    }

    @Test
    void should_keep_the_focus_where_it_is_when_the_list_grows() {
        var session = api.sessionOf(DemoUser.MOODY);
        api.report(session, title);
        assertThat(hermione.row(title)).isVisible();
        hermione.press("j");
        var focused = hermione.row(title).getByRole(AriaRole.LINK);
        assertThat(focused).isFocused();
        var before = focused.boundingBox().y;

        api.report(session, "Another 1 " + UUID.randomUUID());
        api.report(session, "Another 2 " + UUID.randomUUID());

        assertThat(hermione.button("2 new")).isVisible();
        assertThat(focused).isFocused();
        assertThat(focused.boundingBox().y).isEqualTo(before);
        hermione.press(".");
        assertThat(hermione.row("Another 2").first()).isInViewport();
        assertThat(focused).isFocused();
    }

    @Test
    void should_find_everything_by_a_key() {
        hermione.press("/");
        assertThat(hermione.page().getByLabel("Search incidents")).isFocused();
        hermione.press("Escape", "?");
        assertThat(hermione.dialog()).containsText("Report an incident");
        hermione.press("Escape");
        assertThat(hermione.dialog()).hasCount(0);

        hermione.press("Control+k");
        assertThat(hermione.dialog().getByRole(AriaRole.COMBOBOX)).isFocused();
        hermione.page().keyboard().type("analyt");
        assertThat(hermione.dialog().getByRole(AriaRole.OPTION)).hasCount(1);
        hermione.press("Enter");
        assertThat(hermione.page()).hasURL(Pattern.compile("/analytics$"));

        hermione.press("n");
        assertThat(hermione.page().getByRole(AriaRole.HEADING, new GetByRoleOptions().setName("Notifications")))
                .isVisible();
        hermione.press("Escape");
        assertThat(hermione.bell()).isFocused();
        hermione.press("g", "p");
        assertThat(hermione.page()).hasURL(Pattern.compile("/map$"));
    }

    @Test
    void should_select_several_and_resolve_them_at_once() {
        var session = api.sessionOf(DemoUser.MOODY);
        api.report(session, title + " 1");
        api.report(session, title + " 2");
        assertThat(hermione.row(title)).hasCount(2);

        hermione.press("j", "x", "j", "x");
        assertThat(hermione.page().getByText("2 selected")).isVisible();
        hermione.press("r");
        hermione.dialog().getByLabel("What came of it?").fill("Both are clowns now");
        hermione.press("Control+Enter");

        assertThat(hermione.row(title + " 1")).containsText("Resolved");
        assertThat(hermione.row(title + " 2")).containsText("Resolved");
    }

    @Test
    void should_show_the_focus_wherever_the_tab_key_leads() {
        hermione.page().evaluate("document.activeElement.blur()");
        hermione.press("Tab");
        assertThat(hermione.link("Skip to the screen")).isFocused();

        for (var step = 0; step < LONGEST_WAY; step++) {
            hermione.press("Tab");
            assertThat(hermione.page().evaluate(FOCUS_IN_SIGHT)).as("what has the focus, if it cannot be seen")
                    .isEqualTo("");
        }
    }

    private void assertIsFocusedInSight(Locator locator) {
        assertThat(locator).isFocused();
        assertThat(locator).isInViewport();
        assertThat(hermione.page().evaluate(FOCUS_IN_SIGHT)).isEqualTo("");
    }

    /** Empty, or what has the focus without an outline around it or around what stands for it. */
    private static final String FOCUS_IN_SIGHT = """
            () => {
              const focused = document.activeElement;
              if (focused === null || focused === document.body) return "";
              const isDrawn = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1)
                || style.boxShadow !== "none";
              for (let element = focused, steps = 0; element !== null && steps < 4; element = element.parentElement, steps++) {
                if (isDrawn(getComputedStyle(element)) || isDrawn(getComputedStyle(element, "::after"))) return "";
              }
              return focused.outerHTML.slice(0, 200);
            }
            """;

    private static Locator.FilterOptions withText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
