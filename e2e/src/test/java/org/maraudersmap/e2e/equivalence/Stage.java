package org.maraudersmap.e2e.equivalence;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.maraudersmap.e2e.harness.Answer;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Session;

/** Where a sequence of commands happens: its users, and what they have made so far. Thread-safe. */
final class Stage {
    static final String PASSWORD = DemoUser.HARRY.password();
    private static final List<String> ROLES = List.of("AUROR", "PREFECT", "STUDENT", "PREFECT", "STUDENT");
    /** How far back somebody looks for something to do something with: they shall get in one another's way. */
    private static final int RECENT = 8;

    private final Api api;
    private final Session admin;
    private final List<Session> cast;
    private final List<Long> incidents = new CopyOnWriteArrayList<>();
    private final List<Remark> remarks = new CopyOnWriteArrayList<>();

    /** A comment that was posted; it may be deleted by now. */
    record Remark(long incident, long comment) {}

    Stage(Api api) {
        this.api = api;
        this.admin = api.login(DemoUser.ADMIN);
        this.cast = ROLES.stream().map(this::register).toList();
        for (var i = 0; i < 3; i++) {
            addIncident(api.report(cast.get(i), "There from the beginning").path("id").asLong());
        }
    }

    private Session register(String role) {
        var user = api.registerStudent();
        changeRole(user, role);
        return user;
    }

    Api api() {
        return api;
    }

    Session admin() {
        return admin;
    }

    List<Session> cast() {
        return cast;
    }

    /** The admin gives somebody a role. */
    void changeRole(Session user, String role) {
        send("PUT", "/api/users/" + user.userId() + "/role", admin, Map.of("role", role));
    }

    /** The admin gives somebody a role that he does not have. */
    void giveAnotherRole(Session user) {
        var role = api.get("/api/auth/me", user.accessToken()).expect(200).body().at("/user/role").asString();
        changeRole(user, role.equals("AUROR") ? "PREFECT" : "AUROR");
    }

    /** Sends a command that may be refused (somebody else was faster, or has the rights) but must not fail. */
    Answer send(String method, String path, Session user, Map<String, ?> body) {
        var answer = api.send(method, path, user.accessToken(), body);
        if (!Set.of(200, 201, 204, 400, 403, 404, 409).contains(answer.status())) {
            throw new IllegalStateException(method + " " + path + " was answered " + answer.status() + answer.text());
        }
        return answer;
    }

    void addIncident(long id) {
        incidents.add(id);
    }

    void addRemark(Remark remark) {
        remarks.add(remark);
    }

    /** Everything that can be seen here. */
    Part.Everything everything() {
        return new Part.Everything(incidents.getFirst());
    }

    /** One of the latest incidents. */
    long anyIncident(Random random) {
        return pickRecent(incidents, random);
    }

    /** Whether there is a comment yet. */
    boolean hasRemark() {
        return !remarks.isEmpty();
    }

    /** One of the latest comments. */
    Remark anyRemark(Random random) {
        return pickRecent(remarks, random);
    }

    /** Those in which somebody may be: rooms that are older are left by and by, and looked at no more. */
    List<Long> recentIncidents() {
        return incidents.subList(Math.max(0, incidents.size() - RECENT), incidents.size());
    }

    private static <T> T pickRecent(List<T> all, Random random) {
        var size = all.size();
        return all.get(size - 1 - random.nextInt(Math.min(RECENT, size)));
    }

    /** One of the users. */
    Session anyone(Random random) {
        return cast.get(random.nextInt(cast.size()));
    }
}
