package org.maraudersmap.server.platform;

import java.util.Optional;

/**
 * Who asks, where it need not be an {@link Actor}. A controller may declare a parameter of this type.
 *
 * @param isLocal
 *            whether the request was made on this machine for this machine: from a loopback address, to a loopback
 *            name, and passed on by nobody
 * @param bearerToken
 *            what they show, whatever it is worth
 */
public record Caller(boolean isLocal, Optional<String> bearerToken) {

    /** Without the token: it must not come into a log by accident. */
    @Override
    public String toString() {
        return isLocal ? "Caller[local]" : "Caller[remote]";
    }
}
