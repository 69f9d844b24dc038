package org.maraudersmap.server.platform.web;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds the handler of a request once: for {@link ActorFilter}, which judges by it, and then for the dispatcher. So
 * what is judged is what runs.
 */
@Component
final class MatchedRoute implements HandlerMapping, Ordered {
    private static final String HANDLER = MatchedRoute.class.getName() + ".HANDLER";

    private final ObjectProvider<HandlerMapping> mappings;
    private volatile List<HandlerMapping> others = List.of();

    MatchedRoute(ObjectProvider<HandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** The first handler that any mapping has; empty if there is none, and an error where one refuses the request. */
    Mono<Object> findHandlerOfRequest(ServerWebExchange exchange) {
        return Flux.fromIterable(otherMappings())
                .concatMap(mapping -> mapping.getHandler(exchange))
                .next()
                .doOnNext(handler -> exchange.getAttributes().put(HANDLER, handler));
    }

    /** Known only once all controllers are; hence not in the constructor. */
    private List<HandlerMapping> otherMappings() {
        if (others.isEmpty()) {
            others = mappings.orderedStream().filter(mapping -> mapping != this).toList();
        }
        return others;
    }

    /** For the dispatcher, which asks this mapping first. */
    @Override
    public Mono<Object> getHandler(ServerWebExchange exchange) {
        return Mono.justOrEmpty(exchange.<Object>getAttribute(HANDLER));
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
