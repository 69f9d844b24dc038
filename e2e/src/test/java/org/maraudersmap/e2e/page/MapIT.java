package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;

/** The map: what happens where, now and before. */
@NeedsChromium
class MapIT {
    private final String title = "Escape " + UUID.randomUUID();
    private final Product product;
    private final Api api;
    private final Session moody;
    private final People people;
    private final Person luna;

    MapIT(Product product, People people) {
        this.product = product;
        this.api = product.api();
        this.moody = api.sessionOf(DemoUser.MOODY);
        this.people = people;
        this.luna = people.signedIn(product, DemoUser.LUNA);
    }

    @BeforeEach
    void openMap() {
        luna.link("Map").click();
        assertThat(list()).isVisible();
    }

    @Test
    void should_mark_an_incident_where_it_happens_as_soon_as_it_is_reported() {
        var id = reportAtAzkaban();

        var mark = marksAt("Azkaban").getByRole(AriaRole.LINK, named("Unforgivable: " + title));
        assertThat(mark).isVisible();
        assertThat(list().getByText(title)).isVisible();

        mark.click();
        assertThat(luna.page()).hasURL(Pattern.compile("/incidents/" + id + "$"));
        assertThat(luna.incident(title)).isVisible();
    }

    @Test
    void should_show_one_place_only_when_it_is_chosen() {
        reportAtAzkaban();
        var elsewhere = "Elsewhere " + UUID.randomUUID();
        api.report(moody, elsewhere);
        luna.press("/");
        luna.page().keyboard().type(title);
        assertThat(list().getByText(title)).isVisible();
        luna.page().getByLabel("Search incidents").fill("");

        luna.page().getByRole(AriaRole.BUTTON, startingWith("Azkaban")).click();

        assertThat(luna.page()).hasURL(Pattern.compile("location=.*AZKABAN"));
        assertThat(luna.page().getByRole(AriaRole.HEADING, startingWith("Azkaban")).first()).isVisible();
        assertThat(list().getByText(title)).isVisible();
        assertThat(list().getByText(elsewhere)).hasCount(0);
    }

    @Test
    void should_let_footprints_walk_where_people_look() {
        var id = reportAtAzkaban();
        var draco = people.lookingAt(product, DemoUser.DRACO, id);
        luna.page().reload();

        var walkers = luna.page().getByRole(AriaRole.LIST, new GetByRoleOptions().setName("Looking at Azkaban"));
        assertThat(walkers).containsText("Draco Malfoy");

        draco.close();
        assertThat(walkers).hasCount(0);
    }

    @Test
    void should_show_the_past_and_come_back() {
        var id = reportAtAzkaban();
        assertThat(list().getByText(title)).isVisible();
        api.send("DELETE", "/api/incidents/" + id, moody.accessToken(), null).expect(200);
        assertThat(list().getByText(title)).hasCount(0);

        luna.press("t");
        var position = luna.page().getByLabel("Position in the log");
        assertThat(position).isVisible();
        luna.press("[");
        assertThat(list().getByText(title)).isVisible();
        luna.press("[");
        assertThat(list().getByText(title)).hasCount(0);
        var before = position.inputValue();
        // The address follows when the position rests.
        assertThat(luna.page()).hasURL(Pattern.compile("[?&]at=" + before + "(&|$)"));

        luna.page().reload();
        assertThat(position).hasValue(before);
        luna.press("]");
        assertThat(list().getByText(title)).isVisible();

        luna.button("Back to now").click();
        assertThat(list().getByText(title)).hasCount(0);
        assertThat(luna.page()).not().hasURL(Pattern.compile("[?&]at="));
        var later = "Now again " + UUID.randomUUID();
        api.report(moody, later);
        assertThat(list().getByText(later)).isVisible();
    }

    private long reportAtAzkaban() {
        var report = Map.of("title", title, "location", "AZKABAN", "severity", "UNFORGIVABLE");
        return api.post("/api/incidents", moody.accessToken(), report).expect(201).body().path("id").asLong();
    }

    /** The same as the drawing, in words. */
    private Locator list() {
        return luna.page().getByRole(AriaRole.COMPLEMENTARY);
    }

    private Locator marksAt(String place) {
        return luna.page().getByRole(AriaRole.LIST, new GetByRoleOptions().setName("Incidents at " + place));
    }

    private static GetByRoleOptions startingWith(String name) {
        return new GetByRoleOptions().setName(Pattern.compile("^" + name));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }
}
