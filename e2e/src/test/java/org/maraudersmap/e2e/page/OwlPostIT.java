package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByTextOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

/** What is behind the map, for ADMINs. */
@NeedsChromium
class OwlPostIT {

    @Test
    void should_show_an_admin_who_reads_the_log_and_what_is_in_it(Product product, People people) {
        var incident = product.api().report(product.api().sessionOf(DemoUser.MOODY), "An owl of its own").path("id");
        var admin = people.signedIn(product, DemoUser.ADMIN);
        admin.link("Owl post").click();

        for (var consumer : List.of("notification-dispatcher", "analytics-projector", "audit-recorder")) {
            var row = admin.page().getByRole(AriaRole.ROW).filter(withText(Pattern.compile(consumer)));
            assertThat(row.getByRole(AriaRole.CELL).first()).isVisible();
        }
        admin.link("The log").click();
        var event = admin.page().getByText("incident.created #" + incident.asLong(), exactly()).first();
        event.click();
        assertThat(admin.page().getByText("\"title\": \"An owl of its own\"").first()).isVisible();

        admin.link("Dead letters").click();
        assertThat(admin.page().getByText("Every owl has arrived.")).isVisible();

        admin.link("Audit").click();
        // It begins with the oldest: the first of the demo.
        assertThat(admin.page().getByText("incident.created #1", exactly())).isVisible();
    }

    @Test
    void should_keep_it_from_everybody_else(Product product, People people) {
        var moody = people.signedIn(product, DemoUser.MOODY);
        assertThat(moody.link("Owl post")).hasCount(0);

        moody.page().navigate("/owl-post");

        assertThat(moody.page().getByText("Only an ADMIN may look into the post.")).isVisible();
        assertThat(moody.page().getByRole(AriaRole.TABLE)).hasCount(0);
    }

    private static Locator.FilterOptions withText(Pattern text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static GetByTextOptions exactly() {
        return new GetByTextOptions().setExact(true);
    }
}
