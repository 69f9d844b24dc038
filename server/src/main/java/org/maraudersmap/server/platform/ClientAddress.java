package org.maraudersmap.server.platform;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where a request comes from: the peer, or what a trusted proxy says. A controller may declare a parameter of this
 * type.
 */
public record ClientAddress(InetAddress address) {
    private static final int BYTES_OF_IP_V6_NETWORK = 8;

    /**
     * What limits count by: the address itself, and of IPv6 the /64, since whoever has one of its addresses has them
     * all.
     */
    public String network() {
        return address instanceof Inet6Address v6
                ? HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(v6.getAddress(), BYTES_OF_IP_V6_NETWORK)) + "::/64"
                : toString();
    }

    /** As digits, never a name. */
    @Override
    public String toString() {
        return address.getHostAddress();
    }
}
