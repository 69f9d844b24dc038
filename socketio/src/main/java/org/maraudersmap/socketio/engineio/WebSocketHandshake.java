package org.maraudersmap.socketio.engineio;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges what a client sends to open a WebSocket (RFC 6455, section 4.2.1), and answers its key. */
final class WebSocketHandshake {
    /** The only version there is; section 4.4 says how to refuse others. */
    static final String VERSION = "13";

    /** Section 1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    /** 16 bytes in base64. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

    private WebSocketHandshake() {}

    /** Why the request cannot become a WebSocket; empty if it can. */
    static Optional<EngineIoError> errorOf(Exchange exchange) {
        var headers = exchange.request().headers();
        if (!HttpMethod.GET.equals(exchange.method())
                || exchange.version().compareTo(HttpVersion.HTTP_1_1) < 0
                || !hasToken(headers.all("connection"), "upgrade")
                || !hasToken(headers.all("upgrade"), "websocket")
                || headers.all("sec-websocket-key").size() != 1
                || !KEY.matcher(headers.all("sec-websocket-key").getFirst()).matches()
                || headers.all("sec-websocket-version").size() != 1) {
            return Optional.of(EngineIoError.BAD_REQUEST);
        }
        return headers.first("sec-websocket-version").equals(Optional.of(VERSION))
                ? Optional.empty()
                : Optional.of(EngineIoError.UNSUPPORTED_WEBSOCKET_VERSION);
    }

    /** {@code Sec-WebSocket-Accept} for a request without error. */
    static String acceptOf(Exchange exchange) {
        var key = exchange.request().headers().all("sec-websocket-key").getFirst();
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static boolean hasToken(List<String> values, String token) {
        return values.stream()
                .flatMap(value -> Pattern.compile(",").splitAsStream(value))
                .anyMatch(part -> part.strip().equalsIgnoreCase(token));
    }
}
