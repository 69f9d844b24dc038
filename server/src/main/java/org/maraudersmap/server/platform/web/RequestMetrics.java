package org.maraudersmap.server.platform.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Times requests as {@code http.server.requests}, by method, route and status. Spring's own observation says the same
 * and cost a twentieth of a request.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class RequestMetrics implements WebFilter {
    private static final String NO_ROUTE = "UNKNOWN";
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.values());

    private final MeterRegistry meters;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private record Kind(String method, String route, int status) {}

    RequestMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var sample = Timer.start(meters);
        // Committed is when the status is known for good, also that of a refusal.
        exchange.getResponse().beforeCommit(() -> {
            sample.stop(timers.computeIfAbsent(kindOf(exchange), this::timerOf));
            return Mono.empty();
        });
        return chain.filter(exchange);
    }

    /** Routes and methods that do not exist count as one, or anyone could make as many meters as he likes. */
    private static Kind kindOf(ServerWebExchange exchange) {
        var route = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        var method = exchange.getRequest().getMethod();
        var status = exchange.getResponse().getStatusCode();
        return new Kind(
                route == null || !METHODS.contains(method) ? NO_ROUTE : method.name(),
                route == null ? NO_ROUTE : route.toString(),
                status == null ? 200 : status.value());
    }

    private Timer timerOf(Kind kind) {
        return Timer.builder("http.server.requests")
                .tag("method", kind.method())
                .tag("uri", kind.route())
                .tag("status", String.valueOf(kind.status()))
                .register(meters);
    }
}
