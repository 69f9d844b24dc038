package org.maraudersmap.server.platform.web;

import java.util.Optional;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses paths that say in a roundabout way what could be said plainly. A proxy in front of us may have rules of its
 * own about paths, and would be passed by whoever spells them in a way that only we understand.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
final class PlainPathFilter implements WebFilter {
    private static final String UNRESERVED_MARKS = "-._~";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var path = exchange.getRequest().getPath().value();
        return findFaultOfPath(path)
                .<Mono<Void>>map(
                        fault -> Mono.error(
                                Problem.of(
                                        ProblemCode.INVALID_PARAMETER, "The path " + path + " has " + fault + ".")))
                .orElseGet(() -> chain.filter(exchange));
    }

    /** What is wrong with a path as it was sent, and what to do about it. */
    static Optional<String> findFaultOfPath(String path) {
        for (var at = 0; at < path.length(); at++) {
            switch (path.charAt(at)) {
                case ';' -> {
                    return Optional.of("a ';'; write %3B if it is part of a name");
                }
                case '\\' -> {
                    return Optional.of("a '\\'; write '/'");
                }
                case '/' -> {
                    if (path.startsWith("/", at + 1)) {
                        return Optional.of("an empty segment; write one '/'");
                    }
                    if (isDotSegment(path, at + 1)) {
                        return Optional.of("a '.' or '..' segment; write where it leads");
                    }
                }
                case '%' -> {
                    var fault = findFaultOfEncoding(path, at);
                    if (fault.isPresent()) {
                        return fault;
                    }
                    at += 2;
                }
                default -> {
                    // as it should be
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isDotSegment(String path, int start) {
        var end = path.indexOf('/', start);
        var length = (end < 0 ? path.length() : end) - start;
        return (length == 1 && path.startsWith(".", start)) || (length == 2 && path.startsWith("..", start));
    }

    /** RFC 3986, section 2.3: unreserved characters are not to be encoded. */
    private static Optional<String> findFaultOfEncoding(String path, int at) {
        var high = at + 2 < path.length() ? Character.digit(path.charAt(at + 1), 16) : -1;
        var low = high < 0 ? -1 : Character.digit(path.charAt(at + 2), 16);
        if (low < 0) {
            return Optional.of("a '%' without two hexadecimal digits; write %25");
        }
        var decoded = high * 16 + low;
        var encoded = path.substring(at, at + 3);
        if (decoded == '/' || decoded == '\\') {
            return Optional.of(encoded + ", which no name here has");
        }
        return decoded < 0x80 && (isAsciiLetterOrDigit(decoded) || UNRESERVED_MARKS.indexOf(decoded) >= 0)
                ? Optional.of(encoded + "; write '" + (char) decoded + "'")
                : Optional.empty();
    }

    private static boolean isAsciiLetterOrDigit(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }
}
