package org.maraudersmap.server.platform;

import java.net.InetAddress;

/**
 * Where a request comes from: the peer, or what a trusted proxy says. A controller may declare a parameter of this
 * type.
 */
public record ClientAddress(InetAddress address) {

    /** As digits, never a name. */
    @Override
    public String toString() {
        return address.getHostAddress();
    }
}
