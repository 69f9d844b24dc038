package org.maraudersmap.e2e.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

/** Several people who look at the same: what one does, the others see. */
@NeedsChromium
class TogetherIT {
    private static final int COMMENTS_OF_A_LONG_THREAD = 30;

    private final String title = "Troll in the dungeon " + UUID.randomUUID();
    private final Product product;
    private final Api api;
    private final People people;

    TogetherIT(Product product, People people) {
        this.product = product;
        this.api = product.api();
        this.people = people;
    }

    @Test
    void should_show_a_report_to_everybody_at_once() {
        var harry = people.signedIn(product, DemoUser.HARRY);
        var hermione = people.signedIn(product, DemoUser.HERMIONE);

        harry.report(title);

        assertThat(hermione.row(title)).isVisible();
        assertThat(hermione.news()).containsText("New incident from Harry Potter");
        assertThat(hermione.news()).containsText(title);
        assertThat(hermione.said("polite")).hasText("1 new incident");
        assertThat(harry.row(title)).isVisible();
        assertThat(harry.news()).not().containsText(title);
    }

    @Test
    void should_move_nothing_that_is_being_read() {
        var moody = api.sessionOf(DemoUser.MOODY);
        var read = "What Hermione reads " + title;
        api.report(moody, read);
        var hermione = people.signedIn(product, DemoUser.HERMIONE);
        hermione.row(read).hover();
        var before = hermione.row(read).boundingBox().y;

        api.report(moody, title + " 1");
        api.report(moody, title + " 2");

        assertThat(hermione.button("2 new")).isVisible();
        assertThat(hermione.row(read).boundingBox().y).isEqualTo(before);
        hermione.button("2 new").click();
        assertThat(hermione.row(title + " 1")).isInViewport();
        assertThat(hermione.row(title + " 2")).isInViewport();
        assertThat(hermione.button("2 new")).hasCount(0);
    }

    @Test
    void should_show_who_looks_at_an_incident_and_who_has_gone() {
        var id = reportedBy(DemoUser.HARRY);
        var harry = people.lookingAt(product, DemoUser.HARRY, id);
        var hermione = people.signedIn(product, DemoUser.HERMIONE).openFromList(title);

        assertThat(harry.incident(title)).containsText("2 users viewing this incident");
        assertThat(hermione.incident(title)).containsText("2 users viewing this incident");
        var face = harry.incident(title).getByRole(AriaRole.IMG, named("Hermione Granger"));
        assertThat(face.getByText("Hermione Granger")).isHidden();
        face.hover();
        assertThat(face.getByText("Hermione Granger")).isVisible();

        hermione.link("Close the incident").click();

        assertThat(harry.incident(title)).containsText("1 user viewing this incident");
        assertThat(face).hasCount(0);
    }

    @Test
    void should_show_who_is_typing_until_they_stop() {
        var id = reportedBy(DemoUser.HARRY);
        var harry = people.lookingAt(product, DemoUser.HARRY, id);
        var hermione = people.lookingAt(product, DemoUser.HERMIONE, id);
        var luna = people.lookingAt(product, DemoUser.LUNA, id);

        hermione.composer().pressSequentially("Wingardium");
        assertThat(harry.incident(title)).containsText("Hermione is typing…");
        luna.composer().pressSequentially("Nargles");
        assertThat(harry.incident(title)).containsText(Pattern.compile("(Hermione and Luna|Luna) (are|is) typing…"));

        assertThat(harry.incident(title)).not().containsText("typing…");
    }

    @Test
    void should_append_comments_and_follow_them_only_at_the_end() {
        var id = reportedBy(DemoUser.HARRY);
        var harrysSession = api.sessionOf(DemoUser.HARRY);
        for (var number = 1; number <= COMMENTS_OF_A_LONG_THREAD; number++) {
            api.comment(harrysSession, id, "Comment " + number);
        }
        var harry = people.lookingAt(product, DemoUser.HARRY, id);
        var hermione = people.lookingAt(product, DemoUser.HERMIONE, id);
        harry.incident(title).getByText("Comment " + COMMENTS_OF_A_LONG_THREAD).scrollIntoViewIfNeeded();

        hermione.comment("It is in the girls' bathroom");
        assertThat(harry.incident(title).getByText("It is in the girls' bathroom")).isInViewport();

        harry.incident(title).getByText("Comment 1", new Locator.GetByTextOptions().setExact(true))
                .scrollIntoViewIfNeeded();
        hermione.comment("Harry, look out");
        assertThat(harry.button("1 new comment")).isVisible();
        assertThat(harry.incident(title).getByText("Harry, look out")).not().isInViewport();
        harry.button("1 new comment").click();
        assertThat(harry.incident(title).getByText("Harry, look out")).isInViewport();
    }

    @Test
    void should_notify_whoever_is_mentioned_and_lead_him_there() {
        var id = reportedBy(DemoUser.DRACO);
        var neville = api.registerStudent();
        var reader = people.open(product).signInAs(neville);
        var hermione = people.lookingAt(product, DemoUser.HERMIONE, id);
        assertThat(reader.bell()).hasAccessibleName("Notifications, none unread");

        hermione.composer().pressSequentially("Come, @" + neville.handle().substring(0, 20));
        var offered = hermione.page().getByRole(AriaRole.OPTION).filter(withText("@" + neville.handle()));
        assertThat(offered).isVisible();
        hermione.composer().press("Enter");
        assertThat(hermione.composer()).hasValue("Come, @" + neville.handle() + " ");
        hermione.composer().pressSequentially("quickly");
        hermione.composer().press("Control+Enter");

        assertThat(reader.bell()).hasAccessibleName("Notifications, 1 unread");
        assertThat(reader.news()).containsText("Hermione Granger mentioned you on #" + id);
        reader.news().getByRole(AriaRole.BUTTON, named("Open")).click();
        assertThat(reader.page()).hasURL(Pattern.compile("/incidents/" + id + "#comment-\\d+$"));
        assertThat(reader.incident(title).getByText("@" + neville.handle() + " quickly")).isInViewport();
        assertThat(reader.bell()).hasAccessibleName("Notifications, none unread");

        reader.page().reload();
        reader.bell().click();
        assertThat(reader.page().getByText("Hermione Granger mentioned you on #" + id)).isVisible();
    }

    @Test
    void should_tell_whom_an_incident_was_assigned_to_online_or_later() {
        var id = reportedBy(DemoUser.HARRY);
        var draco = people.signedIn(product, DemoUser.DRACO);
        var hermione = people.lookingAt(product, DemoUser.HERMIONE, id);

        assign(hermione, "Draco Malfoy");

        assertThat(hermione.incident(title)).containsText("assigned to Draco Malfoy");
        assertThat(draco.news()).containsText("Assigned to you");
        assertThat(draco.news()).containsText(title);
        assertThat(draco.news()).containsText(Pattern.compile("mischief", Pattern.CASE_INSENSITIVE));

        assign(hermione, "Alastor Moody");
        assertThat(hermione.incident(title)).containsText("assigned to Alastor Moody");
        var moody = people.signedIn(product, DemoUser.MOODY);
        moody.bell().click();
        assertThat(moody.page().getByRole(AriaRole.LISTITEM).filter(withText(title)).first()).isVisible();
    }

    private static void assign(Person person, String name) {
        person.button("Assign").click();
        person.dialog().getByLabel("To whom? A prefect or above").first().fill(name);
        person.dialog().getByRole(AriaRole.OPTION).filter(withText(name)).click();
    }

    @Test
    void should_alarm_aurors_of_an_escalation_and_show_it_among_the_urgent() {
        var id = reportedBy(DemoUser.HARRY);
        var moody = people.signedIn(product, DemoUser.MOODY);
        moody.link("Urgent").click();
        assertThat(moody.row(title)).hasCount(0);
        var hermione = people.lookingAt(product, DemoUser.HERMIONE, id);

        hermione.button("Edit").click();
        hermione.page().getByLabel("Severity").selectOption("Critical");
        hermione.button("Save").click();

        assertThat(moody.said("assertive")).hasText("Critical: " + title + ", Hogwarts");
        assertThat(moody.news()).containsText(title);
        assertThat(moody.row(title)).isVisible();
        assertThat(moody.row(title)).containsText("Critical");
        assertThat(hermione.said("assertive")).isEmpty();
    }

    @Test
    void should_show_everybody_that_an_incident_is_resolved_and_why() {
        var id = reportedBy(DemoUser.HARRY);
        var moody = people.signedIn(product, DemoUser.MOODY);
        var luna = people.lookingAt(product, DemoUser.LUNA, id);
        var hermione = people.lookingAt(product, DemoUser.HERMIONE, id);

        hermione.button("Resolve").click();
        hermione.dialog().getByLabel("What came of it?").fill("Knocked out by its own club");
        hermione.dialog().getByRole(AriaRole.BUTTON, named("Resolve")).click();

        assertThat(luna.incident(title)).containsText("Knocked out by its own club");
        assertThat(luna.incident(title)).containsText("Hermione Granger resolved this");
        assertThat(luna.news()).containsText("Hermione Granger resolved this");
        assertThat(moody.row(title)).containsText("Resolved");
    }

    @Test
    void should_show_edits_to_those_who_look() {
        var id = reportedBy(DemoUser.HARRY);
        var luna = people.lookingAt(product, DemoUser.LUNA, id);
        var hermione = people.lookingAt(product, DemoUser.HERMIONE, id);

        hermione.button("Edit").click();
        hermione.page().getByLabel("Description").fill("Twelve feet tall, and it has a club.");
        hermione.button("Save").click();

        assertThat(luna.incident(title)).containsText("Twelve feet tall, and it has a club.");
        assertThat(luna.news()).containsText("Hermione Granger edited the description");
        assertThat(luna.incident(title)).containsText("Hermione Granger edited the description");
    }

    @Test
    void should_count_who_is_online_by_role() {
        var harry = people.signedIn(product, DemoUser.HARRY);
        var counts = harry.page().getByRole(AriaRole.BANNER).getByText(Pattern.compile("Prefects? online"));
        assertThat(counts).hasText("0 Aurors online, 0 Prefects online");

        var moody = people.signedIn(product, DemoUser.MOODY);
        people.signedIn(product, DemoUser.HERMIONE);
        assertThat(counts).hasText("1 Auror online, 1 Prefect online");
        assertThat(counts).hasAttribute("title", Pattern.compile("1 Student"));

        moody.close();
        assertThat(counts).hasText("0 Aurors online, 1 Prefect online");
    }

    private long reportedBy(DemoUser reporter) {
        return api.report(api.sessionOf(reporter), title).path("id").asLong();
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator.FilterOptions withText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
