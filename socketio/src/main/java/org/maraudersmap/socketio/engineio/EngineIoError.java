package org.maraudersmap.socketio.engineio;

/** A refusal of a request, with the code of the Node.js server where it has one. */
enum EngineIoError {
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    //
    UNKNOWN_SID(400, 1, "Session ID unknown"),
    //
    BAD_METHOD(400, 2, "Bad handshake method"),
    //
    BAD_REQUEST(400, 3, "Bad request"),
    //
    MALFORMED(400, 3, "Malformed request"),
    //
    FORBIDDEN(403, 4, "Forbidden"),
    //
    UNSUPPORTED_VERSION(400, 5, "Unsupported protocol version"),
    //
    UNSUPPORTED_WEBSOCKET_VERSION(426, 3, "Unsupported WebSocket version"),
    //
    TOO_LARGE(413, 3, "Payload too large"),
    //
    URI_TOO_LONG(414, 3, "URI too long"),
    //
    HEADERS_TOO_LARGE(431, 3, "Request header fields too large"),
    //
    TOO_MANY_SESSIONS(429, 3, "Too many connections from this address"),
    //
    SHUTTING_DOWN(503, 3, "Server is shutting down");

    private final int status;
    private final int code;
    private final String message;

    EngineIoError(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    int status() {
        return status;
    }

    String message() {
        return message;
    }

    String json() {
        return "{\"code\":%d,\"message\":\"%s\"}".formatted(code, message);
    }

    /** Whether the request's body may not have been read, so that the connection cannot serve another one. */
    boolean closesConnection() {
        return switch (this) {
            case TOO_LARGE, URI_TOO_LONG, HEADERS_TOO_LARGE, MALFORMED, FORBIDDEN, SHUTTING_DOWN -> true;
            default -> false;
        };
    }
}
