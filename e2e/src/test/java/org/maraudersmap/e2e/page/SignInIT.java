package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maraudersmap.e2e.SharedProduct;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

@NeedsChromium
@ExtendWith(SharedProduct.class)
class SignInIT {

    @Test
    void should_let_somebody_in_and_out_again(Product product) {
        try (var chromium = Chromium.launch(); var harry = Person.open(chromium.browser(), product)) {
            assertThat(harry.page()).hasURL("/sign-in");
            harry.signInAs(DemoUser.HARRY);
            assertThat(harry.page()).hasURL("/");
        }
    }
}
