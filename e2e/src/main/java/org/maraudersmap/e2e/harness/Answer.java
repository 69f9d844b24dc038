package org.maraudersmap.e2e.harness;

import java.net.http.HttpHeaders;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An answer of the REST API; the body is a missing node where there is none, or none in JSON. */
public record Answer(int status, HttpHeaders headers, JsonNode body, String text) {

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The {@code code} of a problem; empty where it has none. */
    public String code() {
        return body.path("code").asString("");
    }

    /** This answer, if it has the status that the caller counts on. */
    public Answer expect(int expected) {
        if (status != expected) {
            throw new IllegalStateException("answered " + status + " instead of " + expected + ": " + text);
        }
        return this;
    }
}
