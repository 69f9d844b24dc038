package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

/** The address is what one sees: it survives a reload, and shows somebody else the same. */
@NeedsChromium
class AddressIT {

    @Test
    void should_keep_filters_and_the_open_incident_in_the_address(Product product, People people) {
        var marker = UUID.randomUUID().toString();
        var api = product.api();
        var moody = api.sessionOf(DemoUser.MOODY);
        var dangerous = api.report(moody, "Basilisk " + marker).path("id").asLong();
        api.edit(moody, dangerous, "severity", "DANGEROUS");
        api.report(moody, "Pixies " + marker);
        var harry = people.signedIn(product, DemoUser.HARRY);
        assertThat(harry.row(marker)).hasCount(2);

        harry.button("Severity").click();
        harry.page().getByLabel("Dangerous").check();
        harry.press("Escape");
        harry.press("/");
        harry.page().keyboard().type(marker);
        assertThat(harry.row(marker)).hasCount(1);
        harry.openFromList("Basilisk " + marker);
        assertThat(harry.page()).hasURL(Pattern.compile("/incidents/" + dangerous + "\\?.*severity=.*DANGEROUS"));

        harry.page().reload();
        seesTheSame(harry, marker);

        var address = harry.page().url().substring(harry.page().url().indexOf("/incidents/"));
        var luna = people.openAt(product, address).signInAs(DemoUser.LUNA);
        seesTheSame(luna, marker);
    }

    private static void seesTheSame(Person person, String marker) {
        assertThat(person.incident("Basilisk " + marker)).isVisible();
        assertThat(person.list().getByRole(AriaRole.LISTITEM)).hasCount(1);
        assertThat(person.row("Basilisk " + marker)).isVisible();
        assertThat(person.page().getByLabel("Search incidents")).hasValue(marker);
    }

    @Test
    void should_say_that_an_incident_is_unknown(Product product, People people) {
        var harry = people.signedIn(product, DemoUser.HARRY);

        harry.page().navigate("/incidents/999999999");

        assertThat(harry.page().getByText("There is no incident #999999999.")).isVisible();
    }

    @Test
    void should_go_back_and_forth_with_the_browser(Product product, People people) {
        var harry = people.signedIn(product, DemoUser.HARRY);

        harry.link("Map").click();
        harry.link("Analytics").click();
        harry.page().goBack();

        assertThat(harry.page()).hasURL(Pattern.compile("/map$"));
        harry.page().goForward();
        assertThat(harry.page()).hasURL(Pattern.compile("/analytics$"));
    }
}
