package org.maraudersmap.socketio.engineio;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells which web pages may connect. It is asked for polling and for WebSockets, on event loops. */
@FunctionalInterface
public interface OriginPolicy {

    /**
     * Whether a request may be answered. One without {@code Origin} is no page's, and is not asked about.
     *
     * @param origins
     *            the values of the {@code Origin} header, of which a browser sends one
     * @param host
     *            the {@code Host} that the request is for
     */
    boolean allows(List<String> origins, Optional<String> host);

    /**
     * Allows pages of the host that they call, and of these origins.
     *
     * @param others
     *            such as {@code https://app.example.org}; {@code *} is every origin
     */
    static OriginPolicy ownAnd(Set<String> others) {
        var listed = Set.copyOf(others);
        return (origins, host) -> origins.size() == 1
                && (listed.contains("*")
                        || listed.contains(origins.getFirst())
                        || host.filter(own -> isOrigin(origins.getFirst(), own)).isPresent());
    }

    private static boolean isOrigin(String origin, String host) {
        var mark = origin.indexOf("://");
        var defaultPort = origin.startsWith("https") ? ":443" : ":80";
        return mark > 0
                && withoutPort(origin.substring(mark + 3), defaultPort).equals(withoutPort(host, defaultPort));
    }

    private static String withoutPort(String host, String defaultPort) {
        var lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(defaultPort) ? lower.substring(0, lower.length() - defaultPort.length()) : lower;
    }
}
