package org.maraudersmap.server.platform;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.stereotype.Component;

/**
 * Tells which web pages may call. REST, polling and the WebSocket upgrade all ask here, so that what one of them
 * accepts
 * no other refuses.
 */
@Component
public final class AllowedOrigins {
    private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/?#@,\\s]+)");

    private final Set<String> others;

    AllowedOrigins(Settings settings) {
        this.others = settings.allowedOrigins()
                .stream()
                .flatMap(origin -> Origin.parse(origin).stream())
                .map(Origin::toString)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a request may be answered as far as the page is concerned that sent it. The own page may call, whether
     * over {@code http} or {@code https}, since a proxy may have ended TLS; so may those of SOCKET_IO_CORS_ORIGIN, and
     * whoever is no page.
     *
     * @param origins
     *            the values of the {@code Origin} header; a page sends exactly one, other clients none
     * @param host
     *            the {@code Host} that the request is for
     */
    public boolean allowsRequestOfPage(List<String> origins, Optional<String> host) {
        if (origins.isEmpty()) {
            return true;
        }
        return origins.size() == 1
                && Origin.parse(origins.getFirst())
                        .filter(origin -> others.contains(origin.toString()) || host.filter(origin::isAt).isPresent())
                        .isPresent();
    }

    /** In lower case; its default port is never named. */
    private record Origin(String scheme, String authority) {

        static Optional<Origin> parse(String text) {
            var parts = ORIGIN.matcher(text.toLowerCase(Locale.ROOT));
            return parts.matches()
                    ? Optional.of(new Origin(parts.group(1), withoutDefaultPort(parts.group(1), parts.group(2))))
                    : Optional.empty();
        }

        boolean isAt(String host) {
            return withoutDefaultPort(scheme, host.toLowerCase(Locale.ROOT)).equals(authority);
        }

        private static String withoutDefaultPort(String scheme, String authority) {
            var port = scheme.equals("https") ? ":443" : ":80";
            return authority.endsWith(port)
                    ? authority.substring(0, authority.length() - port.length())
                    : authority;
        }

        @Override
        public String toString() {
            return scheme + "://" + authority;
        }
    }
}
