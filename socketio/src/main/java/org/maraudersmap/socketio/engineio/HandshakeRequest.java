package org.maraudersmap.socketio.engineio;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The HTTP request that opened a session.
 *
 * @param path
 *            the path as sent, without the query
 * @param query
 *            the query's parameters, decoded; of a repeated one the first counts
 * @param headers
 *            the request's headers
 * @param remoteAddress
 *            the client's address as {@link RemoteAddressResolver} sees it
 * @param secure
 *            whether TLS ended on this channel
 * @param time
 *            when it came
 */
public record HandshakeRequest(String path, Map<String, String> query, Headers headers, InetAddress remoteAddress,
        boolean secure, Instant time) {

    /** The same request with those headers only whose names, in lower case, pass. */
    HandshakeRequest keeping(Predicate<String> names) {
        return new HandshakeRequest(path, query, headers.keeping(names), remoteAddress, secure, time);
    }

    /** Header names and values in the order in which they came; compact, since every session keeps them. */
    public static final class Headers {
        private final String[] pairs;

        Headers(Iterable<Map.Entry<String, String>> entries) {
            var list = new ArrayList<String>();
            for (var entry : entries) {
                list.add(entry.getKey());
                list.add(entry.getValue());
            }
            pairs = list.toArray(String[]::new);
        }

        private Headers keeping(Predicate<String> names) {
            var kept = new ArrayList<Map.Entry<String, String>>();
            for (var i = 0; i < pairs.length; i += 2) {
                if (names.test(pairs[i].toLowerCase(Locale.ROOT))) {
                    kept.add(Map.entry(pairs[i], pairs[i + 1]));
                }
            }
            return new Headers(kept);
        }

        /** The first value of a header, whatever the case of its name. */
        public Optional<String> first(String name) {
            for (var i = 0; i < pairs.length; i += 2) {
                if (pairs[i].equalsIgnoreCase(name)) {
                    return Optional.of(pairs[i + 1]);
                }
            }
            return Optional.empty();
        }

        /** All values of a header, whatever the case of its name. */
        public List<String> all(String name) {
            var values = new ArrayList<String>();
            for (var i = 0; i < pairs.length; i += 2) {
                if (pairs[i].equalsIgnoreCase(name)) {
                    values.add(pairs[i + 1]);
                }
            }
            return List.copyOf(values);
        }

        @Override
        public String toString() {
            return "%d headers".formatted(pairs.length / 2);
        }
    }
}
