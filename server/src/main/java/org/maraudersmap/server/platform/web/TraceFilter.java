package org.maraudersmap.server.platform.web;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.Trace;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Names the trace of a request in the logs and in the events that come of it: the caller's, if he sends a
 * {@code traceparent} (W3C Trace Context, section 3.2), else a new one. The thread is this request's own and ends with
 * it, so nothing has to be cleared.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class TraceFilter implements WebFilter {
    private static final Pattern TRACE_PARENT = Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-.*");
    private static final String NO_TRACE = "0".repeat(32);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var caller = exchange.getRequest().getHeaders().getFirst("traceparent");
        var _ = Trace.enter(traceOf(caller).orElseGet(TraceFilter::newTrace));
        return chain.filter(exchange);
    }

    private static Optional<String> traceOf(@Nullable String traceParent) {
        return Optional.ofNullable(traceParent)
                .map(TRACE_PARENT::matcher)
                .filter(matcher -> matcher.matches() && !matcher.group(1).equals(NO_TRACE))
                .map(matcher -> matcher.group(1));
    }

    private static String newTrace() {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1);
    }
}
