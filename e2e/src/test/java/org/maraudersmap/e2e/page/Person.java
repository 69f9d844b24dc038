package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Session;

/**
 * Somebody in front of a browser of his own, with a tab in which the page is open; he sees it by its roles and names.
 */
final class Person implements AutoCloseable {
    private static final String PASSWORD_OF_STUDENTS = "mischief-managed";

    private final BrowserContext context;
    private final Page page;

    Person(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
    }

    Person(Page page) {
        this.context = page.context();
        this.page = page;
    }

    /** Signs in and returns once the page is live. */
    Person signInAs(DemoUser user) {
        return signInWith(user.email(), user.password());
    }

    /** Signs in as somebody whom the test has registered. */
    Person signInAs(Session student) {
        return signInWith(student.email(), PASSWORD_OF_STUDENTS);
    }

    private Person signInWith(String email, String password) {
        page.getByLabel("Mail").fill(email);
        page.getByLabel("Password").fill(password);
        // Not by a click: the pointer would stay over whatever appears there.
        page.getByLabel("Password").press("Enter");
        awaitPill("live");
        return this;
    }

    /** The same person in another tab. */
    Person openTab(String address) {
        var tab = new Person(context.newPage());
        tab.page.navigate(address);
        return tab;
    }

    /** Waits until the page says this of its own freshness. */
    void awaitPill(String text) {
        assertThat(pill().getByText(text, new Locator.GetByTextOptions().setExact(true))).isVisible();
    }

    /** What the page says of its own freshness, with what can be done about it. */
    Locator pill() {
        return page.getByRole(AriaRole.BANNER).locator("[data-kind]");
    }

    /** The list of incidents. */
    Locator list() {
        return page.getByRole(AriaRole.LIST, new GetByRoleOptions().setName("Incidents, newest first"));
    }

    /** The rows of the list with a title. */
    Locator row(String title) {
        return list().getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(title));
    }

    /** Opens an incident that is in the list. */
    Person openFromList(String title) {
        row(title).getByRole(AriaRole.LINK).click();
        assertThat(incident(title)).isVisible();
        return this;
    }

    /** Opens an incident by its address. */
    Person openIncident(long id) {
        page.navigate(addressOf(id));
        awaitIncident(id);
        awaitPill("live");
        return this;
    }

    static String addressOf(long incident) {
        return "/incidents/" + incident;
    }

    void awaitIncident(long id) {
        assertThat(page.getByRole(AriaRole.ARTICLE).getByText("#" + id).first()).isVisible();
    }

    /** The open incident, by its title. */
    Locator incident(String title) {
        return page.getByRole(AriaRole.ARTICLE, new GetByRoleOptions().setName(title));
    }

    /** Reports an incident of the least severity by the dialog. */
    void report(String title) {
        button("Report an incident").click();
        dialog().getByLabel("What is going on?").fill(title);
        dialog().getByRole(AriaRole.BUTTON, named("Report")).click();
    }

    /** Where comments are written. */
    Locator composer() {
        return page.getByLabel("Write a comment");
    }

    /** Posts a comment on the open incident. */
    void comment(String text) {
        composer().fill(text);
        composer().press("Control+Enter");
    }

    /** The dialog that is open. */
    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    /** The corner where news appear for a while. */
    Locator news() {
        return page.getByRole(AriaRole.REGION, new GetByRoleOptions().setName("News"));
    }

    /** The bell, which says how many notifications are unread. */
    Locator bell() {
        return page.getByRole(AriaRole.BANNER).getByRole(AriaRole.BUTTON, startsWith("Notifications"));
    }

    /** What screen readers say when there is a pause, or at once. */
    Locator said(String liveness) {
        return page.locator("p[aria-live=" + liveness + "]");
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    /** A link, after whose name there may be a count. */
    Locator link(String name) {
        var withCount = Pattern.compile("^" + name + "( \\d+)?$");
        return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(withCount));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator.GetByRoleOptions startsWith(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    void press(String... keys) {
        for (var key : keys) {
            page.keyboard().press(key);
        }
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }
}
