package org.maraudersmap.e2e.badinput;

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
 */
record Cast(
        Session reporter,
        Session stranger,
        Session prefect,
        Session admin,
        String secret,
        long incident,
        String staleTag) {

    static Cast of(Api api, String secret) {
        var reporter = api.login(DemoUser.HARRY);
        var incident = api.report(reporter, "Bad things happen to it").path("id").asLong();
        var stale = api.get("/api/incidents/" + incident, reporter.accessToken()).expect(200).header("ETag");
        api.edit(reporter, incident, "description", "Nothing that follows changes it.");
        return new Cast(
                reporter,
                api.login(DemoUser.LUNA),
                api.login(DemoUser.HERMIONE),
                api.login(DemoUser.ADMIN),
                secret,
                incident,
                stale.orElseThrow());
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
