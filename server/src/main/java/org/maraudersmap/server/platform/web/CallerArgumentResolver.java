package org.maraudersmap.server.platform.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.maraudersmap.server.platform.Caller;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/** Hands a route the {@link Caller}. */
final class CallerArgumentResolver implements SyncHandlerMethodArgumentResolver {
    private static final List<String> SET_BY_PROXIES = List
            .of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Caller.class);
    }

    @Override
    public Object resolveArgumentValue(
            MethodParameter parameter, BindingContext bindings, ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return new Caller(isLocal(request), BearerToken.of(request));
    }

    /** The name as well: a proxy may say nothing of itself, and a page elsewhere may have a name that leads here. */
    private static boolean isLocal(ServerHttpRequest request) {
        var headers = request.getHeaders();
        var peer = request.getRemoteAddress();
        return peer != null
                && peer.getAddress() != null
                && peer.getAddress().isLoopbackAddress()
                && SET_BY_PROXIES.stream().noneMatch(headers::containsHeader)
                && Optional.ofNullable(headers.getFirst(HttpHeaders.HOST))
                        .map(host -> LOOPBACK_NAMES.contains(host.replaceFirst(":[0-9]+$", "")))
                        .orElse(false);
    }
}
