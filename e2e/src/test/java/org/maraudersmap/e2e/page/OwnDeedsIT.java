package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

/** What somebody does shows at once; what comes of it when the server answers late, with no, or has others' edits. */
@NeedsChromium
class OwnDeedsIT {
    private final String title = "Polyjuice in the bathroom " + UUID.randomUUID();
    private final Product product;
    private final Api api;
    private final People people;

    OwnDeedsIT(Product product, People people) {
        this.product = product;
        this.api = product.api();
        this.people = people;
    }

    @Test
    void should_show_a_report_before_it_is_confirmed_and_once_after() {
        var harry = people.signedIn(product, DemoUser.HARRY);
        var reports = HeldRequests.of(harry.page(), "POST", "**/api/incidents");

        harry.report(title);
        reports.awaitOne();
        assertThat(harry.row(title)).containsText("sending…");
        assertThat(harry.row(title)).hasAttribute("data-pending", "true");

        reports.letGo();

        assertThat(harry.row(title).getByRole(AriaRole.LINK)).isVisible();
        assertThat(harry.row(title)).hasAttribute("data-pending", "false");
        assertThat(harry.row(title)).hasCount(1);
    }

    @Test
    void should_put_back_what_was_refused_and_say_why() {
        var id = api.report(api.sessionOf(DemoUser.HARRY), title).path("id").asLong();
        var harry = people.lookingAt(product, DemoUser.HARRY, id);
        var resolutions = HeldRequests.of(harry.page(), "PATCH", "**/api/incidents/" + id + "/resolve");

        harry.button("Resolve").click();
        harry.dialog().getByLabel("What came of it?").fill("It was only Crabbe");
        harry.dialog().getByRole(AriaRole.BUTTON, named("Resolve")).click();
        resolutions.awaitOne();
        assertThat(harry.incident(title)).containsText("It was only Crabbe");

        resolutions.refuse(403, "FORBIDDEN", "Not while Professor Snape looks.");

        var failure = harry.page().getByRole(AriaRole.ALERT).filter(withText("#" + id + " is not resolved."));
        assertThat(failure).containsText("Not while Professor Snape looks.");
        assertThat(harry.incident(title)).not().containsText("It was only Crabbe");
        assertThat(harry.button("Resolve")).isVisible();

        resolutions.end();
        failure.getByRole(AriaRole.BUTTON, named("Try again")).click();

        assertThat(harry.incident(title)).containsText("It was only Crabbe");
        assertThat(harry.button("Reopen")).isVisible();
        assertThat(failure).hasCount(0);
    }

    @Test
    void should_show_both_versions_side_by_side_when_somebody_else_saved_first() {
        var id = api.report(api.sessionOf(DemoUser.HARRY), title).path("id").asLong();
        var harry = people.lookingAt(product, DemoUser.HARRY, id);
        var hermione = people.lookingAt(product, DemoUser.HERMIONE, id);
        harry.button("Edit").click();
        harry.page().getByLabel("Title", exactly()).fill("Harry's " + title);

        hermione.button("Edit").click();
        hermione.page().getByLabel("Title", exactly()).fill("Hermione's " + title);
        hermione.button("Save").click();
        assertThat(harry.page().getByText("Somebody has saved meanwhile.")).isVisible();
        harry.button("Save").click();

        var conflict = harry.page().getByRole(AriaRole.REGION, regionNamed("Somebody else saved first"));
        assertThat(conflict).containsText("Harry's " + title);
        assertThat(conflict).containsText("Hermione's " + title);
        assertThat(hermione.incident("Hermione's " + title)).isVisible();

        conflict.getByText("Yours").click();
        conflict.getByRole(AriaRole.BUTTON, named("Save what I chose")).click();

        assertThat(hermione.incident("Harry's " + title)).isVisible();
        assertThat(harry.incident("Harry's " + title)).isVisible();
        assertThat(conflict).hasCount(0);
    }

    @Test
    void should_take_a_dismissal_back_and_send_it_once_that_has_passed() {
        var neville = api.registerStudent();
        var hermione = api.sessionOf(DemoUser.HERMIONE);
        var id = api.report(hermione, title).path("id").asLong();
        api.comment(hermione, id, "@" + neville.handle());
        var reader = people.open(product).signInAs(neville);
        reader.bell().click();
        var dismiss = reader.page().getByRole(AriaRole.BUTTON, buttonStarting("Dismiss: Hermione Granger"));

        dismiss.click();
        assertThat(dismiss).hasCount(0);
        assertThat(reader.bell()).hasAccessibleName("Notifications, none unread");
        reader.news().getByRole(AriaRole.BUTTON, named("Undo")).click();
        reader.bell().click();
        assertThat(dismiss).isVisible();
        assertThat(api.notifications(neville)).hasSize(1);

        dismiss.click();
        assertThat(reader.news()).containsText("Notification dismissed");
        assertThat(api.notifications(neville)).as("while it can be taken back").hasSize(1);
        await().atMost(Duration.ofSeconds(15)).until(() -> api.notifications(neville).isEmpty());
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private static Page.GetByRoleOptions regionNamed(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions buttonStarting(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator.FilterOptions withText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
