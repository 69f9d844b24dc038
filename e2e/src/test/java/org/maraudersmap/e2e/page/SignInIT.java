package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

@NeedsChromium
class SignInIT {

    @Test
    void should_let_somebody_in_and_out_again(Product product, People people) {
        var harry = people.open(product);
        assertThat(harry.page()).hasURL("/sign-in");
        harry.signInAs(DemoUser.HARRY);
        assertThat(harry.page()).hasURL("/");

        harry.button("Harry Potter: profile, theme, sign out").click();
        harry.page().getByRole(AriaRole.MENUITEM, new GetByRoleOptions().setName("Sign out")).click();

        assertThat(harry.page()).hasURL("/sign-in");
        harry.page().navigate("/profile");
        assertThat(harry.button("Sign in")).isVisible();
    }

    @Test
    void should_say_that_a_password_is_wrong(Product product, People people) {
        var draco = people.open(product).page();

        draco.getByLabel("Mail").fill(DemoUser.HARRY.email());
        draco.getByLabel("Password").fill("Potter stinks");
        draco.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign in")).click();

        assertThat(draco.getByRole(AriaRole.ALERT)).not().isEmpty();
        assertThat(draco).hasURL("/sign-in");
    }

    @Test
    void should_make_an_account_for_a_student(Product product, People people) {
        var colin = people.open(product);
        colin.link("Make an account").click();

        colin.page().getByLabel("First name").fill("Colin");
        colin.page().getByLabel("Last name").fill("Creevey");
        colin.page().getByLabel("Mail").fill("colin." + UUID.randomUUID() + "@hogwarts.edu");
        colin.page().getByLabel("Password").fill("click-click-flash");
        colin.button("Make an account").click();

        colin.awaitPill("live");
        assertThat(colin.button("Colin Creevey: profile, theme, sign out")).isVisible();
    }
}
