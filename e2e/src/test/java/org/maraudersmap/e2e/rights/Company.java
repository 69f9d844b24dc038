package org.maraudersmap.e2e.rights;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Session;

/** Users of every role, each for one part and made when he is needed; in the end all of them are STUDENTs again. */
final class Company implements AutoCloseable {
    private final Api api;
    private final Session admin;
    private final Map<Part, Caller> members = new HashMap<>();
    private final Map<Session, Role> raised = new HashMap<>();

    private record Part(Role role, Relation relation) {}

    Company(Api api) {
        this.api = api;
        this.admin = api.login(DemoUser.ADMIN);
    }

    /** An ADMIN who is nobody else's part. */
    Session admin() {
        return admin;
    }

    /** Always the same one for the same part. */
    Caller member(Role role, Relation relation) {
        return members.computeIfAbsent(
                new Part(role, relation), _ -> new Caller(role, relation, registerWithRole(role)));
    }

    /** One of each role who has nothing to do with anything. */
    List<Caller> strangers() {
        return Arrays.stream(Role.values()).map(role -> member(role, Relation.STRANGER)).toList();
    }

    /** His tokens were made while he was a STUDENT; what counts is what he is now. */
    private Session registerWithRole(Role role) {
        var session = api.registerStudent();
        if (role != Role.STUDENT) {
            changeRole(session, role);
        }
        return session;
    }

    void changeRole(Session session, Role role) {
        api.send(
                "PUT",
                "/api/users/" + session.userId() + "/role",
                admin.accessToken(),
                Map.of("role", role)).expect(200);
        raised.put(session, role);
    }

    @Override
    public void close() {
        Map.copyOf(raised).forEach((session, role) -> {
            if (role != Role.STUDENT) {
                changeRole(session, Role.STUDENT);
            }
        });
    }
}
