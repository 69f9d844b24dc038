package org.maraudersmap.server.platform;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.settings.AddressRange;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.stereotype.Component;

/** Tells where a request comes from. {@code X-Forwarded-For} is believed only from the proxies in TRUSTED_PROXIES. */
@Component
public final class ClientAddressResolver {
    private static final InetAddress UNKNOWN = InetAddress.ofLiteral("0.0.0.0");

    private final List<AddressRange> trusted;

    ClientAddressResolver(Settings settings) {
        this.trusted = settings.trustedProxies();
    }

    /**
     * The client behind a connection.
     *
     * @param peer
     *            the other end of the connection; all that have none count as one client
     * @param forwardedFor
     *            the values of the {@code X-Forwarded-For} headers, in their order
     */
    public ClientAddress resolveAddressOfClient(@Nullable InetSocketAddress peer, List<String> forwardedFor) {
        var client = peer == null || peer.getAddress() == null ? UNKNOWN : peer.getAddress();
        if (trusted.isEmpty() || forwardedFor.isEmpty()) {
            return new ClientAddress(client);
        }
        var hops = forwardedFor.stream().flatMap(header -> Arrays.stream(header.split(","))).toList();
        // Each proxy appends whom it heard from; from the right, the first one who is not ours is the client. What
        // stands further left is his own claim.
        for (var hop : hops.reversed()) {
            var address = isTrusted(client) ? parse(hop) : Optional.<InetAddress>empty();
            if (address.isEmpty()) {
                break;
            }
            client = address.get();
        }
        return new ClientAddress(client);
    }

    /** Whether the other end of a connection is a proxy that is believed, and so brings many clients. */
    public boolean isProxyThatIsTrusted(InetSocketAddress peer) {
        return peer.getAddress() != null && isTrusted(peer.getAddress());
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** Some proxies add the port. */
    private static Optional<InetAddress> parse(String hop) {
        var text = hop.strip();
        if (text.startsWith("[") && text.contains("]")) {
            text = text.substring(1, text.indexOf(']'));
        } else if (text.contains(".") && text.indexOf(':') == text.lastIndexOf(':') && text.contains(":")) {
            text = text.substring(0, text.indexOf(':'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
