package org.maraudersmap.socketio;

/**
 * Decides who may join a namespace. Runs on a virtual thread (it may block) before anything is sent to the client or
 * joined. An exception refuses the client with {@code Internal server error} and is logged.
 */
@FunctionalInterface
public interface Middleware {

    /** Accepts or refuses. */
    Verdict decide(Handshake handshake) throws Exception;
}
