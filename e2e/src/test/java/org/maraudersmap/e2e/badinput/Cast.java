package org.maraudersmap.e2e.badinput;

import static org.awaitility.Awaitility.await;

import java.util.Optional;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.harness.Tokens;

/**
 * Who and what appears in bad requests.
 *
 * @param incident
 *            reported by {@code reporter}
 * @param staleTag
 *            an ETag that the incident no longer has
 * @param comment
 *            on the incident, by {@code reporter}
 * @param notification
 *            the {@code reporter}'s
 */
record Cast(
        Session reporter,
        Session stranger,
        Session prefect,
        Session admin,
        String secret,
        long incident,
        String staleTag,
        long comment,
        String notification) {

    static Cast of(Api api, String secret) {
        var reporter = api.login(DemoUser.HARRY);
        var incident = api.report(reporter, "Bad things happen to it").path("id").asLong();
        var stale = api.get("/api/incidents/" + incident, reporter.accessToken()).expect(200).header("ETag");
        api.edit(reporter, incident, "description", "Nothing that follows changes it.");
        var stranger = api.login(DemoUser.LUNA);
        return new Cast(
                reporter,
                stranger,
                api.login(DemoUser.HERMIONE),
                api.login(DemoUser.ADMIN),
                secret,
                incident,
                stale.orElseThrow(),
                api.comment(reporter, incident, "To be left alone").path("id").asLong(),
                notify(api, reporter, stranger, incident));
    }

    private static String notify(Api api, Session owner, Session author, long incident) {
        var comment = api.comment(author, incident, "@" + owner.handle()).path("id").asLong();
        return await("a notification").until(
                () -> api.notifications(owner)
                        .stream()
                        .filter(each -> each.path("link").asString().endsWith("#comment-" + comment))
                        .map(each -> each.path("id").asString())
                        .findFirst(),
                Optional::isPresent).orElseThrow();
    }

    /** The token of somebody who may use the route. */
    String tokenFor(Route route) {
        return switch (route.access()) {
            case OPEN, SIGNED_IN, OWNER -> reporter.accessToken();
            case PREFECT -> prefect.accessToken();
            case ADMIN -> admin.accessToken();
        };
    }

    String expiredToken() {
        return Tokens.expired(reporter.accessToken(), secret);
    }

    String forgedToken() {
        return Tokens.signAgain(reporter.accessToken(), "another-secret-that-is-long-enough-to-sign");
    }

    String unsignedToken() {
        return Tokens.unsigned(reporter.accessToken());
    }
}
