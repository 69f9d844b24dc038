package org.maraudersmap.e2e.equivalence;

import java.util.Map;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.Session;

/** Everything that can be done about a session, so that its events are in the log. The session that is in use stays. */
final class Prologue {
    private final Api api;
    private final Session user;

    Prologue(Api api, Session user) {
        this.api = api;
        this.user = user;
    }

    void play() {
        api.post("/api/auth/login", null, Map.of("email", user.email(), "password", "not his")).expect(401);
        var other = api.post("/api/auth/login", null, Map.of("email", user.email(), "password", Stage.PASSWORD))
                .expect(200);
        var stolen = other.body().path("refreshToken").asString();
        var fresh = api.post("/api/auth/refresh", null, Map.of("refreshToken", stolen)).expect(200);
        // Until what it brought is used, the answer may have been lost, and a refresh may be repeated.
        api.get("/api/auth/me", fresh.body().path("accessToken").asString()).expect(200);
        api.post("/api/auth/refresh", null, Map.of("refreshToken", stolen)).expect(401);
        var third = api.post("/api/auth/login", null, Map.of("email", user.email(), "password", Stage.PASSWORD))
                .expect(200);
        api.post("/api/auth/logout", null, Map.of("refreshToken", third.body().path("refreshToken").asString()))
                .expect(204);
    }
}
