package org.maraudersmap.e2e.badinput;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A route and what it takes: from this, the bad requests that are sent to it are made.
 *
 * @param template
 *            as OpenAPI writes it
 * @param path
 *            the same, leading to something that exists
 * @param body
 *            fields of its JSON body; empty if it takes none
 */
record Route(
        String method,
        String template,
        String path,
        Access access,
        Body bodyKind,
        List<Field> body,
        List<Field> query,
        boolean isGuarded) {

    /** Who may use it. */
    enum Access {
        /** Anybody. */
        OPEN,
        /** Anybody who is signed in. */
        SIGNED_IN,
        /** An incident's reporter, but no other STUDENT. */
        OWNER,
        /** A PREFECT or above. */
        PREFECT,
        /** An ADMIN. */
        ADMIN
    }

    /** Whether it takes a body. */
    enum Body {
        /** It takes none. */
        NONE,
        /** It takes one, or none. */
        OPTIONAL,
        /** It needs one. */
        REQUIRED
    }

    /** What identifies the thing that its path leads to. */
    enum Id {
        /** A number that the product gave it. */
        NUMBER,
        /** A UUID. */
        UUID,
        /** A name: none is malformed. */
        NAME
    }

    static Route route(String method, String template, Access access) {
        return new Route(method, template, template, access, Body.NONE, List.of(), List.of(), false);
    }

    /** With a body that it needs. */
    Route taking(Field... fields) {
        return new Route(method, template, path, access, Body.REQUIRED, List.of(fields), query, isGuarded);
    }

    /** With a body that it can do without. */
    Route takingPerhaps(Field... fields) {
        return new Route(method, template, path, access, Body.OPTIONAL, List.of(fields), query, isGuarded);
    }

    /** With query parameters. */
    Route asking(Field... fields) {
        return new Route(method, template, path, access, bodyKind, body, List.of(fields), isGuarded);
    }

    /** It honours If-Match. */
    Route guarded() {
        return new Route(method, template, path, access, bodyKind, body, query, true);
    }

    /** With something real in the place of {@code {id}}. */
    Route with(UnaryOperator<String> id) {
        return new Route(method, template, id.apply(template), access, bodyKind, body, query, isGuarded);
    }

    /** With this id in the place of {@code {id}}; whatever else is in braces becomes a number. */
    Route withId(Object id) {
        return with(text -> text.replace("{id}", String.valueOf(id)).replaceAll("\\{\\w+}", "1"));
    }

    boolean hasId() {
        return template.contains("{id}");
    }

    Id id() {
        if (template.contains("/incident") || template.startsWith("/api/monitoring/dead-letters")) {
            return Id.NUMBER;
        }
        return template.startsWith("/api/monitoring/consumers") ? Id.NAME : Id.UUID;
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
