package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

/** Somebody in front of a browser of his own, with a tab in which the page is open. */
final class Person implements AutoCloseable {
    private final Product product;
    private final BrowserContext context;
    private final Page page;

    private Person(Product product, BrowserContext context) {
        this.product = product;
        this.context = context;
        this.page = context.newPage();
    }

    /** Opens the page on a wide screen. */
    static Person open(Browser browser, Product product) {
        return open(browser, product, new Browser.NewContextOptions().setViewportSize(1440, 900));
    }

    static Person open(Browser browser, Product product, Browser.NewContextOptions options) {
        var person = new Person(product, browser.newContext(options.setBaseURL("http://localhost:" + product.port())));
        person.page.navigate("/");
        return person;
    }

    /** Signs in and returns once the page is live. */
    Person signInAs(DemoUser user) {
        page.getByLabel("Mail").fill(user.email());
        page.getByLabel("Password").fill(user.password());
        button("Sign in").click();
        awaitPill("live");
        return this;
    }

    /** Waits until the page says this of its own freshness. */
    void awaitPill(String text) {
        assertThat(page.getByRole(AriaRole.STATUS).and(page.getByText(text)).first()).isVisible();
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    Product product() {
        return product;
    }

    @Override
    public void close() {
        context.close();
    }
}
