package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

/** Counters and charts of what happens. */
@NeedsChromium
class AnalyticsIT {

    @Test
    void should_count_while_one_looks(Product product, People people) {
        var luna = people.signedIn(product, DemoUser.LUNA);
        luna.link("Analytics").click();
        var total = luna.page().locator("dl > div").filter(
                new FilterOptions().setHasText("Incidents")).locator("dd");
        assertThat(total).isVisible();
        var before = Integer.parseInt(total.innerText());

        product.api().report(product.api().sessionOf(DemoUser.MOODY), "One more");

        assertThat(total).hasText(String.valueOf(before + 1));
    }

    @Test
    void should_give_away_what_is_charted_as_csv(Product product, People people) throws IOException {
        var luna = people.signedIn(product, DemoUser.LUNA);
        luna.link("Analytics").click();
        var export = luna.page().getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("By severity, as CSV"));

        var file = luna.page().waitForDownload(export::click);

        assertThat(file.suggestedFilename()).isEqualTo("by-severity.csv");
        assertThat(Files.readString(file.path())).contains("Incidents").contains("Unforgivable,");
    }
}
