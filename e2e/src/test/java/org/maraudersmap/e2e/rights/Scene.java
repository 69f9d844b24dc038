package org.maraudersmap.e2e.rights;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.Session;
import tools.jackson.databind.JsonNode;

/**
 * What one caller meets in one request: an incident, a comment, a notification, a user, made when the request names
 * them and each its own. What is not the caller's belongs to somebody else.
 */
final class Scene {
    private final Api api;
    private final Company company;
    private final Caller caller;
    private Optional<Long> incident = Optional.empty();
    private Optional<Long> comment = Optional.empty();
    private Optional<String> notification = Optional.empty();
    private Optional<Session> user = Optional.empty();

    Scene(Api api, Company company, Caller caller) {
        this.api = api;
        this.company = company;
        this.caller = caller;
    }

    /** The request with real things in the place of what is in braces. */
    String fill(String text) {
        var filled = text;
        if (filled.contains("{incident}")) {
            filled = filled.replace("{incident}", String.valueOf(incident()));
        }
        if (filled.contains("{comment}")) {
            filled = filled.replace("{comment}", String.valueOf(comment()));
        }
        if (filled.contains("{notification}")) {
            filled = filled.replace("{notification}", notification());
        }
        if (filled.contains("{user}") || filled.contains("{mail}") || filled.contains("{refreshToken}")) {
            filled = filled.replace("{user}", user().userId())
                    .replace("{mail}", user().email())
                    .replace("{refreshToken}", user().refreshToken());
        }
        return filled.replace("{newMail}", UUID.randomUUID() + "@hogwarts.edu")
                .replace("{prefect}", company.member(Role.PREFECT, Relation.STRANGER).session().userId());
    }

    long incident() {
        if (incident.isEmpty()) {
            var id = api.report(whoIs(Relation.REPORTER), "Somebody's").path("id").asLong();
            if (caller.relation() == Relation.ASSIGNEE) {
                assign(id);
            }
            incident = Optional.of(id);
        }
        return incident.orElseThrow();
    }

    /** A STUDENT can have been assigned it only while he was more than that. */
    private void assign(long id) {
        if (caller.role() == Role.STUDENT) {
            company.changeRole(caller.session(), Role.PREFECT);
        }
        api.send(
                "PUT",
                "/api/incidents/" + id + "/assignee",
                company.admin().accessToken(),
                Map.of("userId", caller.session().userId())).expect(200);
        if (caller.role() == Role.STUDENT) {
            company.changeRole(caller.session(), Role.STUDENT);
        }
    }

    /** The incident, resolved, so that it can be reopened or archived. */
    void resolveIncident() {
        api.send("DELETE", "/api/incidents/" + incident(), company.admin().accessToken(), null).expect(200);
    }

    private long comment() {
        if (comment.isEmpty()) {
            comment = Optional.of(
                    api.comment(whoIs(Relation.AUTHOR), incident(), "Somebody's words").path("id").asLong());
        }
        return comment.orElseThrow();
    }

    String notification() {
        if (notification.isEmpty()) {
            var owner = whoIs(Relation.OWNER);
            var link = "#comment-" + api.comment(company.admin(), incident(), "@" + owner.handle()).path("id").asLong();
            notification = await("a notification").pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(
                    () -> api.notifications(owner)
                            .stream()
                            .filter(each -> each.path("link").asString().endsWith(link))
                            .map(each -> each.path("id").asString())
                            .findFirst(),
                    Optional::isPresent);
        }
        return notification.orElseThrow();
    }

    /** Somebody whom nobody else needs. */
    private Session user() {
        if (user.isEmpty()) {
            user = Optional.of(api.registerStudent());
        }
        return user.orElseThrow();
    }

    private Session whoIs(Relation relation) {
        return caller.relation() == relation ? caller.session() : company.member(Role.STUDENT, relation).session();
    }

    /** Everything that the request could have changed, as it is now. */
    List<JsonNode> state() {
        var state = new ArrayList<JsonNode>();
        incident.ifPresent(id -> {
            state.add(read("/api/incidents/" + id, company.admin()));
            state.add(read("/api/incidents/" + id + "/comments", company.admin()));
        });
        notification.ifPresent(id -> api.notifications(whoIs(Relation.OWNER))
                .stream()
                .filter(each -> each.path("id").asString().equals(id))
                .forEach(state::add));
        user.ifPresent(session -> state.add(
                read("/api/users?q=" + session.handle(), company.admin()).path("users")));
        return state;
    }

    private JsonNode read(String path, Session reader) {
        return api.get(path, reader.accessToken()).expect(200).body();
    }
}
