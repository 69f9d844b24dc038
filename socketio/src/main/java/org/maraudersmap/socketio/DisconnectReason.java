package org.maraudersmap.socketio;

import org.maraudersmap.socketio.engineio.CloseReason;

/** Why a socket left its namespace. The texts are those of the Node.js server, where it has the case. */
public enum DisconnectReason {
    /** The client called {@code disconnect()}. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /** The server did; the client does not reconnect by itself. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
    /** See {@link CloseReason#TRANSPORT_CLOSE}. */
    TRANSPORT_CLOSE("transport close"),
    /** See {@link CloseReason#TRANSPORT_ERROR}. */
    TRANSPORT_ERROR("transport error"),
    /** See {@link CloseReason#PING_TIMEOUT}. */
    PING_TIMEOUT("ping timeout"),
    /** See {@link CloseReason#PARSE_ERROR}. */
    PARSE_ERROR("parse error"),
    /** See {@link CloseReason#SLOW_CONSUMER}. */
    SLOW_CONSUMER("slow consumer"),
    /** See {@link CloseReason#FLOOD}. */
    FLOOD("flood"),
    /** See {@link CloseReason#FORCED_CLOSE}. */
    FORCED_CLOSE("forced close"),
    /** The client came back on a new connection and has recovered this socket's session there. */
    SUPERSEDED("superseded"),
    /** See {@link CloseReason#SERVER_SHUTDOWN}. */
    SERVER_SHUTDOWN("server shutting down");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** The reason in the protocol's words, e.g. {@code "ping timeout"}. */
    public String text() {
        return text;
    }

    /** Whether the client may come back and recover: its connection broke, nobody said goodbye. */
    public boolean isRecoverable() {
        return this != CLIENT_NAMESPACE_DISCONNECT && this != SERVER_NAMESPACE_DISCONNECT;
    }

    static DisconnectReason of(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_CLOSE -> TRANSPORT_CLOSE;
            case TRANSPORT_ERROR -> TRANSPORT_ERROR;
            case PING_TIMEOUT -> PING_TIMEOUT;
            case PARSE_ERROR -> PARSE_ERROR;
            case SLOW_CONSUMER -> SLOW_CONSUMER;
            case FLOOD -> FLOOD;
            case FORCED_CLOSE, CONNECT_TIMEOUT -> FORCED_CLOSE;
            case SUPERSEDED -> SUPERSEDED;
            case SERVER_SHUTDOWN -> SERVER_SHUTDOWN;
        };
    }
}
