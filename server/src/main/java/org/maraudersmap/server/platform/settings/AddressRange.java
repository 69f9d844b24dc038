package org.maraudersmap.server.platform.settings;

import java.net.InetAddress;

/**
 * An IP address or a network in CIDR notation.
 *
 * @param prefixLength
 *            how many leading bits an address must share with {@code network}
 */
public record AddressRange(InetAddress network, int prefixLength) {

    /**
     * Reads {@code 10.0.0.0/8}, {@code 192.0.2.7}, {@code fd00::/8}.
     *
     * @throws IllegalArgumentException
     *             if it is none
     */
    public static AddressRange of(String text) {
        var slash = text.indexOf('/');
        var network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        var longest = network.getAddress().length * 8;
        var prefixLength = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
        if (prefixLength < 0 || prefixLength > longest) {
            throw new IllegalArgumentException(text);
        }
        return new AddressRange(network, prefixLength);
    }

    /** Whether an address lies in it. */
    public boolean contains(InetAddress address) {
        var ours = network.getAddress();
        var theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (var bit = 0; bit < prefixLength; bit++) {
            var mask = 0x80 >> (bit % 8);
            if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
