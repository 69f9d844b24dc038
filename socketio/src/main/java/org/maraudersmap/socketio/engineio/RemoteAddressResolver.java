package org.maraudersmap.socketio.engineio;

import java.net.InetAddress;

/** Tells which address a request really came from, e.g. behind a proxy that one trusts. Runs on event loops. */
@FunctionalInterface
public interface RemoteAddressResolver {

    /**
     * Resolves the client's address.
     *
     * @param peer
     *            the other end of the TCP connection
     * @param headers
     *            the request's headers
     * @return the address that limits and middleware see
     */
    InetAddress resolve(InetAddress peer, HandshakeRequest.Headers headers);
}
