package org.maraudersmap.server.platform.web;

import org.maraudersmap.server.platform.ClientAddress;
import org.maraudersmap.server.platform.ClientAddressResolver;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/** Tells a route where its request comes from. */
final class ClientAddressArgumentResolver implements SyncHandlerMethodArgumentResolver {
    private final ClientAddressResolver addresses;

    ClientAddressArgumentResolver(ClientAddressResolver addresses) {
        this.addresses = addresses;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(ClientAddress.class);
    }

    @Override
    public ClientAddress resolveArgumentValue(
            MethodParameter parameter, BindingContext bindings, ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return addresses.resolveAddressOfClient(
                request.getRemoteAddress(), request.getHeaders().getOrEmpty("X-Forwarded-For"));
    }
}
