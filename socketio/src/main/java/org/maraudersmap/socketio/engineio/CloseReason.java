package org.maraudersmap.socketio.engineio;

/** Why a session ended. The texts are those that the Node.js server uses, where it has the case. */
public enum CloseReason {
    /** The client said so, or its connection is gone (FIN, RST, a poll given up). */
    TRANSPORT_CLOSE("transport close"),
    /** The network or the framing failed: a reset, a corrupt WebSocket frame, a second poll at the same time. */
    TRANSPORT_ERROR("transport error"),
    /** No pong within {@code pingTimeout}, or no packet at all within {@code maxSilence}. */
    PING_TIMEOUT("ping timeout"),
    /** The client sent what neither protocol allows. */
    PARSE_ERROR("parse error"),
    /** The client did not drain its queue (bytes or packets); it may reconnect and recover. */
    SLOW_CONSUMER("slow consumer"),
    /** The client sent far more than it may. */
    FLOOD("flood"),
    /** The server closed the session on purpose. */
    FORCED_CLOSE("forced close"),
    /** A newer connection of the same client has taken the session over. */
    SUPERSEDED("superseded"),
    /** No namespace was joined within {@code connectTimeout}. */
    CONNECT_TIMEOUT("connect timeout"),
    /** The server stops; clients reconnect to another node, or to this one later. */
    SERVER_SHUTDOWN("server shutting down");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    /** The reason in the protocol's words, e.g. {@code "ping timeout"}. */
    public String text() {
        return text;
    }
}
