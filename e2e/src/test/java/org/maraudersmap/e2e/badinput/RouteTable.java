package org.maraudersmap.e2e.badinput;

import static org.maraudersmap.e2e.badinput.Field.LOCATIONS;
import static org.maraudersmap.e2e.badinput.Field.SEVERITIES;
import static org.maraudersmap.e2e.badinput.Field.STATUSES;
import static org.maraudersmap.e2e.badinput.Field.cursor;
import static org.maraudersmap.e2e.badinput.Field.limit;
import static org.maraudersmap.e2e.badinput.Field.oneOf;
import static org.maraudersmap.e2e.badinput.Field.position;
import static org.maraudersmap.e2e.badinput.Field.query;
import static org.maraudersmap.e2e.badinput.Field.queryOneOf;
import static org.maraudersmap.e2e.badinput.Field.text;
import static org.maraudersmap.e2e.badinput.Field.userId;
import static org.maraudersmap.e2e.badinput.Route.route;

import java.util.List;
import org.maraudersmap.e2e.badinput.Route.Access;

/** Every route of the product. One that the product describes and that is not here fails the test. */
final class RouteTable {
    private RouteTable() {}

    static List<Route> of(Cast cast) {
        var title = text("title", "A title").notBlank().atMost(255);
        var description = text("description", "A description").atMost(10_000);
        var severity = oneOf("severity", SEVERITIES);
        var location = oneOf("location", LOCATIONS);
        var status = oneOf("status", STATUSES);
        var incident = cast.incident();
        return List.of(
                route("POST", "/api/auth/register", Access.OPEN).taking(
                        text("email", "new@hogwarts.edu").required().notBlank().atMost(255),
                        text("password", "mischief-managed").required().notBlank().atMost(128),
                        text("firstName", "Neville").required().notBlank(),
                        text("lastName", "Longbottom").required().notBlank(),
                        oneOf("house", Field.HOUSES)),
                route("POST", "/api/auth/login", Access.OPEN)
                        .taking(text("email", "harry").required(), text("password", "x").required()),
                route("POST", "/api/auth/refresh", Access.OPEN).taking(text("refreshToken", "x").required()),
                route("POST", "/api/auth/logout", Access.OPEN).takingPerhaps(text("refreshToken", "x")),
                route("GET", "/api/auth/me", Access.SIGNED_IN),
                route("PUT", "/api/auth/change-password", Access.SIGNED_IN).taking(
                        text("oldPassword", "mischief-managed").required(),
                        text("newPassword", "managed-mischief").required().atMost(128)),
                route("POST", "/api/auth/first-admin", Access.SIGNED_IN).taking(text("token", "alohomora").required()),
                route("GET", "/api/users", Access.SIGNED_IN).asking(limit(200), cursor()),
                route("PUT", "/api/users/{id}/role", Access.ADMIN).taking(oneOf("role", Field.ROLES).required())
                        .withId(cast.stranger().userId()),
                route("GET", "/api/incidents", Access.SIGNED_IN).asking(
                        limit(200),
                        cursor(),
                        queryOneOf("status", STATUSES),
                        queryOneOf("severity", SEVERITIES),
                        queryOneOf("location", LOCATIONS),
                        query("assignee", cast.reporter().userId(), "nobody", "42"),
                        query("reporter", cast.reporter().userId(), "nobody", "42"),
                        query("urgent", true, "perhaps")),
                route("POST", "/api/incidents", Access.SIGNED_IN)
                        .taking(title.required(), description, severity, location),
                route("GET", "/api/incidents/{id}", Access.SIGNED_IN).withId(incident),
                route("PUT", "/api/incidents/{id}", Access.OWNER)
                        .taking(title, description, severity, location, status)
                        .guarded()
                        .withId(incident),
                route("PATCH", "/api/incidents/{id}", Access.OWNER)
                        .taking(title, description, severity, location, status)
                        .guarded()
                        .withId(incident),
                route("DELETE", "/api/incidents/{id}", Access.OWNER).takingPerhaps(text("resolution", "Done"))
                        .guarded()
                        .withId(incident),
                route("PATCH", "/api/incidents/{id}/resolve", Access.OWNER).takingPerhaps(text("resolution", "Done"))
                        .guarded()
                        .withId(incident),
                route("PUT", "/api/incidents/{id}/assignee", Access.PREFECT)
                        .taking(userId("userId", cast.prefect().userId()))
                        .guarded()
                        .withId(incident),
                route("GET", "/api/incidents/{id}/timeline", Access.SIGNED_IN).asking(limit(200), cursor())
                        .withId(incident),
                route("GET", "/api/incidents/{id}/comments", Access.SIGNED_IN).asking(limit(200), cursor())
                        .withId(incident),
                route("POST", "/api/incidents/{id}/comments", Access.SIGNED_IN)
                        .taking(text("content", "A comment").required().notBlank().atMost(5_000))
                        .withId(incident),
                route("DELETE", "/api/incidents/{id}/comments/{commentId}", Access.OWNER).with(
                        text -> text.replace("{id}", String.valueOf(incident))
                                .replace("{commentId}", String.valueOf(cast.comment()))),
                route("GET", "/api/notifications", Access.SIGNED_IN)
                        .asking(limit(200), cursor(), query("unread", true, "perhaps")),
                route("GET", "/api/notifications/unread/count", Access.SIGNED_IN),
                route("PATCH", "/api/notifications/{id}/read", Access.SIGNED_IN).withId(cast.notification()),
                route("PATCH", "/api/notifications/read-all", Access.SIGNED_IN),
                route("DELETE", "/api/notifications/{id}", Access.SIGNED_IN).withId(cast.notification()),
                route("GET", "/api/presence/online", Access.SIGNED_IN),
                route("GET", "/api/presence/online/by-role", Access.SIGNED_IN),
                route("GET", "/api/presence/incident/{id}", Access.SIGNED_IN).withId(incident),
                route("GET", "/api/presence/incidents", Access.SIGNED_IN),
                route("GET", "/api/presence/current-user", Access.SIGNED_IN),
                route("GET", "/api/events", Access.SIGNED_IN)
                        .asking(limit(1_000), query("after", 0, -1, "x", "1.5", "99999999999999999999")),
                route("GET", "/api/analytics/overview", Access.SIGNED_IN),
                route("GET", "/api/audit", Access.ADMIN).asking(
                        limit(200),
                        cursor(),
                        query("from", "2024-01-15T14:30:00Z", "yesterday", "2024-01-15"),
                        query("to", "2024-01-15T14:30:00Z", "tomorrow", "2024-01-15"),
                        query("after", 0, -1, "x", "1.5", "99999999999999999999"),
                        query("upTo", 1, -1, "x", "1.5", "99999999999999999999"),
                        query("user", cast.reporter().userId(), "nobody", "42"),
                        query("type", "incident.created", "INCIDENT", "%00")),
                route("GET", "/api/monitoring/iggy-status", Access.OPEN),
                route("GET", "/api/monitoring/consumers", Access.ADMIN),
                route("POST", "/api/monitoring/consumers/{id}/reset", Access.ADMIN)
                        .taking(position("position").required())
                        .withId("notification-dispatcher"),
                route("GET", "/api/monitoring/dead-letters", Access.ADMIN).asking(limit(200), cursor()),
                route("POST", "/api/monitoring/dead-letters/{id}/redrive", Access.ADMIN).withId(1),
                route("GET", "/health", Access.OPEN),
                route("GET", "/health/ready", Access.OPEN),
                route("GET", "/metrics", Access.OPEN));
    }
}
