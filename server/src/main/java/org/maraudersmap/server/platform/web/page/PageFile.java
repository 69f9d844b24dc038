package org.maraudersmap.server.platform.web.page;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * A file of the page.
 *
 * @param version
 *            changes with the content
 * @param bodies
 *            the same content in several encodings, one of them plain
 */
record PageFile(MediaType type, String version, List<Body> bodies) {

    /** Plain, where {@code encoding} is empty. */
    record Body(Optional<String> encoding, ByteBuffer bytes) {

        int length() {
            return bytes.remaining();
        }
    }

    /** The shortest that a client takes, according to its {@code Accept-Encoding}. */
    Body shortestFor(@Nullable String acceptedEncodings) {
        return bodies.stream()
                .filter(body -> body.encoding().map(encoding -> accepts(acceptedEncodings, encoding)).orElse(true))
                .min(Comparator.comparingInt(Body::length))
                .orElseThrow();
    }

    /** Browsers name what they take, without weights; whoever refuses one with {@code q=0} gets it plain. */
    private static boolean accepts(@Nullable String acceptedEncodings, String encoding) {
        return acceptedEncodings != null
                && List.of(acceptedEncodings.replace(" ", "").split(",")).contains(encoding);
    }
}
