package org.maraudersmap.e2e.badinput;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that must be refused, and how.
 *
 * @param named
 *            what the body of the answer must name
 */
record BadRequest(
        String what,
        String method,
        String path,
        @Nullable String token,
        @Nullable String body,
        List<String> headers,
        int status,
        String code,
        List<String> named) {

    static BadRequest of(String what, Route route, @Nullable String token, @Nullable String body) {
        return new BadRequest(route + ": " + what, route.method(), route.path(), token, body, List.of(), 0, "",
                List.of());
    }

    BadRequest is(int expectedStatus, String expectedCode) {
        return new BadRequest(what, method, path, token, body, headers, expectedStatus, expectedCode, named);
    }

    BadRequest at(String otherPath) {
        return new BadRequest(what, method, otherPath, token, body, headers, status, code, named);
    }

    BadRequest withHeaders(String... nameAndValue) {
        return new BadRequest(what, method, path, token, body, List.of(nameAndValue), status, code, named);
    }

    BadRequest naming(List<String> expected) {
        return new BadRequest(what, method, path, token, body, headers, status, code, expected);
    }
}
