package org.maraudersmap.server.platform.web;

import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/** Hands a route the actor that {@link ActorFilter} found. */
final class ActorArgumentResolver implements SyncHandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Actor.class);
    }

    @Override
    public @Nullable Object resolveArgumentValue(
            MethodParameter parameter, BindingContext bindings, ServerWebExchange exchange) {
        var actor = exchange.getAttribute(RequestAttributes.ACTOR.key());
        if (actor == null) {
            throw Problem.of(ProblemCode.UNAUTHENTICATED, "This route needs an access token.");
        }
        return actor;
    }
}
