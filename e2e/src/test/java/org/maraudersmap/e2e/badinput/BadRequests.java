package org.maraudersmap.e2e.badinput;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.e2e.badinput.Route.Access;
import org.maraudersmap.e2e.badinput.Route.Body;
import org.maraudersmap.e2e.harness.Api;

/** Makes every bad request that a route's description allows for. */
final class BadRequests {
    private static final String UNKNOWN_UUID = "00000000-0000-4000-8000-000000000000";
    private static final String UNKNOWN_NUMBER = "999999999999";
    private final Cast cast;

    BadRequests(Cast cast) {
        this.cast = cast;
    }

    List<BadRequest> to(Route route) {
        var all = new ArrayList<BadRequest>();
        all.addAll(withoutRights(route));
        all.addAll(withBadIds(route));
        all.addAll(withBadBody(route));
        all.addAll(withBadFields(route));
        all.addAll(withBadParameters(route));
        if (route.isGuarded()) {
            all.add(
                    request("stale If-Match", route, goodBody(route)).withHeaders("If-Match", cast.staleTag())
                            .is(412, "STALE_VERSION"));
        }
        return all;
    }

    private List<BadRequest> withoutRights(Route route) {
        if (route.access() == Access.OPEN) {
            return List.of();
        }
        var body = goodBody(route);
        var all = new ArrayList<BadRequest>();
        all.add(BadRequest.of("no token", route, null, body).is(401, "UNAUTHENTICATED"));
        all.add(BadRequest.of("empty token", route, "", body).is(401, "UNAUTHENTICATED"));
        all.add(BadRequest.of("no token at all", route, "mischief", body).is(401, "UNAUTHENTICATED"));
        all.add(BadRequest.of("expired token", route, cast.expiredToken(), body).is(401, "TOKEN_EXPIRED"));
        all.add(BadRequest.of("token of another signer", route, cast.forgedToken(), body).is(401, "UNAUTHENTICATED"));
        all.add(BadRequest.of("token with alg none", route, cast.unsignedToken(), body).is(401, "UNAUTHENTICATED"));
        all.add(
                BadRequest.of("refresh token", route, cast.reporter().refreshToken(), body)
                        .is(401, "UNAUTHENTICATED"));
        all.add(
                BadRequest.of("no bearer", route, null, body)
                        .withHeaders("Authorization", "Basic aGFycnk6cG90dGVy")
                        .is(401, "UNAUTHENTICATED"));
        if (route.access() != Access.SIGNED_IN) {
            all.add(BadRequest.of("foreign", route, cast.stranger().accessToken(), body).is(403, "FORBIDDEN"));
        }
        return all;
    }

    private List<BadRequest> withBadIds(Route route) {
        if (!route.hasId()) {
            return List.of();
        }
        var body = goodBody(route);
        var isUuid = !route.template().contains("/incident");
        var unknown = isUuid ? UNKNOWN_UUID : UNKNOWN_NUMBER;
        var malformed = isUuid
                ? List.of("nobody", "42")
                : List.of("nothing", "1.5", "99999999999999999999", UNKNOWN_UUID, "%00");
        var all = new ArrayList<BadRequest>();
        all.add(request("unknown id", route.withId(unknown), body).is(404, "NOT_FOUND"));
        for (var id : malformed) {
            all.add(request("malformed id " + id, route.withId(id), body).is(400, "INVALID_PARAMETER"));
        }
        return all;
    }

    private List<BadRequest> withBadBody(Route route) {
        if (route.bodyKind() == Body.NONE) {
            return List.of();
        }
        var all = new ArrayList<BadRequest>();
        all.add(request("malformed JSON", route, "{\"title\": ").is(400, "MALFORMED_JSON"));
        all.add(request("no JSON", route, "mischief managed").is(400, "MALFORMED_JSON"));
        all.add(request("an array", route, "[]").is(400, "VALIDATION_FAILED"));
        all.add(request("a text", route, "\"x\"").is(400, "VALIDATION_FAILED"));
        all.add(
                request("too large", route, json(Map.of("padding", "x".repeat(200_000))))
                        .is(413, "PAYLOAD_TOO_LARGE"));
        all.add(
                request("another media type", route, goodBody(route)).withHeaders("Content-Type", "text/plain")
                        .is(415, "UNSUPPORTED_MEDIA_TYPE"));
        if (route.bodyKind() == Body.REQUIRED) {
            all.add(request("no body", route, null).is(400, "MALFORMED_JSON"));
        }
        return all;
    }

    private List<BadRequest> withBadFields(Route route) {
        var all = new ArrayList<BadRequest>();
        for (var field : route.body()) {
            if (field.isRequired()) {
                var missing = goodFields(route);
                missing.remove(field.name());
                all.add(
                        request("missing " + field.name(), route, json(missing)).is(400, "VALIDATION_FAILED")
                                .naming(List.of(quoted(field))));
            }
            for (var wrong : field.wrong()) {
                var fields = goodFields(route);
                fields.put(field.name(), wrong);
                all.add(badField(field, field.name() + " " + abbreviate(wrong), route, fields));
            }
        }
        return all;
    }

    private BadRequest badField(Field field, String what, Route route, Map<String, Object> fields) {
        var named = new ArrayList<>(field.allowed());
        named.add(quoted(field));
        return request(what, route, json(fields)).is(400, "VALIDATION_FAILED").naming(named);
    }

    /** As a refusal names it, in the list of what is wrong. */
    private static String quoted(Field field) {
        return "\"" + field.name() + "\"";
    }

    private List<BadRequest> withBadParameters(Route route) {
        var all = new ArrayList<BadRequest>();
        for (var parameter : route.query()) {
            var named = new ArrayList<>(parameter.allowed());
            named.add(parameter.name());
            for (var wrong : parameter.wrong()) {
                all.add(
                        request(parameter.name() + "=" + wrong, route, null)
                                .at(route.path() + "?" + parameter.name() + "=" + wrong)
                                .is(400, "INVALID_PARAMETER")
                                .naming(named));
            }
        }
        return all;
    }

    private BadRequest request(String what, Route route, @Nullable String body) {
        return BadRequest.of(what, route, cast.tokenFor(route), body);
    }

    private static @Nullable String goodBody(Route route) {
        return route.bodyKind() == Body.NONE ? null : json(goodFields(route));
    }

    private static Map<String, Object> goodFields(Route route) {
        return route.body().stream().collect(Collectors.toMap(Field::name, Field::sample, (a, _) -> a, HashMap::new));
    }

    private static String json(Object value) {
        return Api.JSON.writeValueAsString(value);
    }

    private static String abbreviate(Object value) {
        var text = json(value);
        return text.length() <= 40 ? text : "of " + text.length() + " characters";
    }
}
