package org.maraudersmap.e2e.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page.ScreenshotOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

/** The people of a test, side by side, each in front of a browser of his own. */
final class People implements AutoCloseable {
    private final Browser browser;
    private final List<Person> present = new ArrayList<>();

    People(Browser browser) {
        this.browser = browser;
    }

    /** Somebody in front of a wide screen, signed in, with the board before him. */
    Person signedIn(Product product, DemoUser user) {
        return open(product).signInAs(user);
    }

    /** Somebody who came by the address of an incident, and signed in. */
    Person lookingAt(Product product, DemoUser user, long incident) {
        var person = openAt(product, Person.addressOf(incident)).signInAs(user);
        person.awaitIncident(incident);
        return person;
    }

    /** Somebody in front of a wide screen who has just opened the page. */
    Person open(Product product) {
        return openAt(product, "/");
    }

    /** Somebody who has opened an address of the page. */
    Person openAt(Product product, String address) {
        return openAt("http://localhost:" + product.port(), address);
    }

    /** Somebody who has opened an address of the page, by a way of his own to the product. */
    Person openAt(String url, String address) {
        var options = new Browser.NewContextOptions().setViewportSize(1440, 900).setBaseURL(url);
        var person = new Person(browser.newContext(options));
        present.add(person);
        person.page().navigate(address);
        return person;
    }

    /** Keeps what each of them sees. */
    void photograph(Path directory, String name) {
        for (var index = 0; index < present.size(); index++) {
            for (var page : present.get(index).context().pages()) {
                var file = "%s-%d-%d.png".formatted(name, index + 1, page.context().pages().indexOf(page) + 1);
                page.screenshot(new ScreenshotOptions().setPath(directory.resolve(file)));
            }
        }
    }

    @Override
    public void close() {
        present.forEach(Person::close);
    }
}
