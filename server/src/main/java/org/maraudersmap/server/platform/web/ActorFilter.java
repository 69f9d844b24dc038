package org.maraudersmap.server.platform.web;

import java.util.Set;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.ActorAuthenticator;
import org.maraudersmap.server.platform.OpenRoute;
import org.maraudersmap.server.platform.WriteAllowance;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Puts the {@link org.maraudersmap.server.platform.Actor} of every request in place, before its body is read. Whoever
 * has no good token goes no further, unless the handler that will run is declared an {@link OpenRoute}: how the path
 * is spelled decides nothing.
 */
@Component
@Order(ActorFilter.ORDER)
final class ActorFilter implements WebFilter {
    static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 20;
    private static final String DESCRIPTION_OF_THE_API = "org.springdoc.";

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final ActorAuthenticator authenticator;
    private final WriteAllowance writes;
    private final MatchedRoute route;

    ActorFilter(ActorAuthenticator authenticator, WriteAllowance writes, MatchedRoute route) {
        this.authenticator = authenticator;
        this.writes = writes;
        this.route = route;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return route.findHandlerOfRequest(exchange)
                .switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)))
                .flatMap(handler -> {
                    if (!isOpen(handler)) {
                        exchange.getAttributes().put(RequestAttributes.ACTOR.key(), admit(exchange.getRequest()));
                    }
                    return chain.filter(exchange);
                });
    }

    /** The only files that a handler has are those of the pages that describe the API. */
    private static boolean isOpen(Object handler) {
        return switch (handler) {
            case HandlerMethod method -> method.hasMethodAnnotation(OpenRoute.class)
                    || method.getBeanType().getName().startsWith(DESCRIPTION_OF_THE_API);
            case ResourceWebHandler _ -> true;
            default -> false;
        };
    }

    private Actor admit(ServerHttpRequest request) {
        var actor = BearerToken.of(request)
                .map(authenticator::authenticateActorWithToken)
                .orElseThrow(
                        () -> Problem.of(
                                ProblemCode.UNAUTHENTICATED, "Send an access token: Authorization: Bearer …"));
        if (!READING.contains(request.getMethod())) {
            writes.takeWriteOfActor(actor);
        }
        return actor;
    }
}
