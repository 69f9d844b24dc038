package org.maraudersmap.server.platform.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.maraudersmap.server.platform.ActorAuthenticator;
import org.maraudersmap.server.platform.OpenRoute;
import org.maraudersmap.server.platform.WriteAllowance;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Puts the {@link org.maraudersmap.server.platform.Actor} of every request under {@code /api} in place, before its body
 * is read; whoever has no good token goes no further, except to a route that is declared an {@link OpenRoute}.
 */
@Component
@Order(ActorFilter.ORDER)
final class ActorFilter implements WebFilter {
    static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 20;
    private static final String API = "/api/";
    private static final String BEARER = "Bearer ";

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final ActorAuthenticator authenticator;
    private final WriteAllowance writes;
    private final ObjectProvider<RequestMappingHandlerMapping> routes;
    private volatile List<RequestMappingInfo> openRoutes = List.of();

    ActorFilter(
            ActorAuthenticator authenticator,
            WriteAllowance writes,
            ObjectProvider<RequestMappingHandlerMapping> routes) {
        this.authenticator = authenticator;
        this.writes = writes;
        this.routes = routes;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        var path = request.getPath().pathWithinApplication();
        if (!path.value().startsWith(API) || isOpen(path, request.getMethod())) {
            return chain.filter(exchange);
        }
        var token = bearerToken(request.getHeaders());
        if (token.isEmpty()) {
            return Mono.error(Problem.of(ProblemCode.UNAUTHENTICATED, "Send an access token: Authorization: Bearer …"));
        }
        return Mono.defer(() -> {
            var actor = authenticator.authenticateActorWithToken(token.get());
            if (!READING.contains(request.getMethod())) {
                writes.takeWriteOfActor(actor);
            }
            exchange.getAttributes().put(RequestAttributes.ACTOR.key(), actor);
            return chain.filter(exchange);
        });
    }

    private static Optional<String> bearerToken(HttpHeaders headers) {
        return Optional.ofNullable(headers.getFirst(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    private boolean isOpen(PathContainer path, HttpMethod method) {
        for (var route : openRoutes()) {
            var methods = route.getMethodsCondition().getMethods();
            var methodMatches = methods.isEmpty()
                    || methods.stream().anyMatch(open -> open.asHttpMethod().equals(method));
            if (methodMatches
                    && route.getPatternsCondition().getPatterns().stream().anyMatch(open -> open.matches(path))) {
                return true;
            }
        }
        return false;
    }

    /** Known only once all controllers are; hence not in the constructor. */
    private List<RequestMappingInfo> openRoutes() {
        if (openRoutes.isEmpty()) {
            openRoutes = routes.stream()
                    .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                    .filter(route -> route.getValue().hasMethodAnnotation(OpenRoute.class))
                    .map(java.util.Map.Entry::getKey)
                    .toList();
        }
        return openRoutes;
    }
}
