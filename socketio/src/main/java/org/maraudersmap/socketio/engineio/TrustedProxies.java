package org.maraudersmap.socketio.engineio;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Believes {@code X-Forwarded-For} as far as it comes from proxies that are trusted: reading from the right, the first
 * address that is none of theirs is the client's.
 */
public final class TrustedProxies implements RemoteAddressResolver {
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]+");

    private final List<Network> networks;

    /** Addresses whose first {@code bits} bits are those of {@code address}. */
    private record Network(InetAddress address, int bits) {

        boolean contains(InetAddress other) {
            var mine = address.getAddress();
            var theirs = other.getAddress();
            if (mine.length != theirs.length) {
                return false;
            }
            var whole = bits / 8;
            var rest = bits % 8;
            return Arrays.equals(mine, 0, whole, theirs, 0, whole)
                    && (rest == 0 || (mine[whole] ^ theirs[whole]) >> (8 - rest) == 0);
        }
    }

    /**
     * Trusts these.
     *
     * @param networks
     *            addresses or networks, e.g. {@code 10.0.0.7}, {@code 192.168.0.0/16}, {@code fd00::/8}
     * @throws IllegalArgumentException
     *             if one of them is neither
     */
    public TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(TrustedProxies::network).toList();
    }

    private static Network network(String text) {
        var slash = text.indexOf('/');
        var address = address(slash < 0 ? text : text.substring(0, slash)).orElseThrow(() -> invalid(text));
        var length = address.getAddress().length * 8;
        try {
            var bits = slash < 0 ? length : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= length) {
                return new Network(address, bits);
            }
        } catch (NumberFormatException e) {
            throw invalid(text);
        }
        throw invalid(text);
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                "No trusted proxy: '%s'; write an IP address, or a network such as 10.0.0.0/8".formatted(text));
    }

    /** An address from its digits; never asks a name server. */
    private static Optional<InetAddress> address(String text) {
        try {
            return ADDRESS.matcher(text).matches() ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public InetAddress resolve(InetAddress peer, HandshakeRequest.Headers headers) {
        var hops = new ArrayList<String>();
        headers.all("x-forwarded-for").forEach(value -> hops.addAll(Arrays.asList(value.split(",", 64))));
        Collections.reverse(hops);
        var client = peer;
        for (var hop : hops) {
            if (!isTrusted(client)) {
                break;
            }
            var next = address(hop.strip());
            if (next.isEmpty()) {
                break;
            }
            client = next.get();
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
