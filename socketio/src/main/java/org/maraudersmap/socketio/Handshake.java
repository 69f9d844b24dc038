package org.maraudersmap.socketio;

import java.net.InetAddress;
import java.util.Optional;
import org.maraudersmap.socketio.engineio.HandshakeRequest;
import tools.jackson.databind.JsonNode;

/**
 * What a client brought when it asked to join a namespace.
 *
 * @param namespace
 *            the namespace's name, e.g. {@code /}
 * @param auth
 *            the {@code auth} object of the client; an empty object if it sent none
 * @param request
 *            the HTTP request that opened the session
 */
public record Handshake(String namespace, JsonNode auth, HandshakeRequest request) {

    /** A header of the HTTP request, whatever the case of its name. */
    public Optional<String> header(String name) {
        return request.headers().first(name);
    }

    /** A query parameter of the HTTP request. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(request.query().get(name));
    }

    /** A text in {@code auth}. */
    public Optional<String> auth(String name) {
        var value = auth.path(name);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    /** The client's address. */
    public InetAddress remoteAddress() {
        return request.remoteAddress();
    }
}
