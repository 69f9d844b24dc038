package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;

/** Two tabs of one browser. */
@NeedsChromium
class TabsIT {
    private final Api api;
    private final Session neville;
    private final Person one;
    private final Person other;

    TabsIT(Product product, People people) {
        this.api = product.api();
        this.neville = api.registerStudent();
        this.one = people.open(product).signInAs(neville);
        this.other = one.openTab("/");
    }

    @BeforeEach
    void awaitOther() {
        other.awaitPill("live");
    }

    @Test
    void should_leave_all_tabs_when_one_signs_out() {
        one.button("Neville Longbottom: profile, theme, sign out").click();
        one.page().getByRole(AriaRole.MENUITEM).getByText("Sign out").click();

        assertThat(one.page()).hasURL("/sign-in");
        assertThat(other.button("Sign in")).isVisible();
    }

    @Test
    void should_count_what_is_unread_in_all_tabs() {
        var hermione = api.sessionOf(DemoUser.HERMIONE);
        var incident = api.report(hermione, "Two Nevilles " + UUID.randomUUID()).path("id").asLong();
        api.comment(hermione, incident, "@" + neville.handle());
        assertThat(one.bell()).hasAccessibleName("Notifications, 1 unread");
        assertThat(other.bell()).hasAccessibleName("Notifications, 1 unread");

        one.bell().click();
        one.button("Mark all read").click();

        assertThat(one.bell()).hasAccessibleName("Notifications, none unread");
        assertThat(other.bell()).hasAccessibleName("Notifications, none unread");
    }

    @Test
    void should_count_a_user_once_however_many_tabs_he_has() {
        var hermione = api.sessionOf(DemoUser.HERMIONE);
        var title = "Two tabs, one Neville " + UUID.randomUUID();
        var incident = api.report(hermione, title).path("id").asLong();

        one.openIncident(incident);
        other.openIncident(incident);

        assertThat(one.incident(title)).containsText("1 user viewing this incident");
        assertThat(other.incident(title)).containsText("1 user viewing this incident");
        assertThat(
                api.get("/api/presence/incident/" + incident, hermione.accessToken()).expect(200).body().path("count")
                        .asInt())
                .isEqualTo(1);
    }
}
