package org.maraudersmap.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.platform.OpenRoute;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Over every route that there is, so that none can be forgotten. */
@ProductTest
class RoutesNeedAnActorTest {
    private static final Set<String> OPEN = Set.of(
            "POST /api/auth/register",
            "POST /api/auth/login",
            "POST /api/auth/refresh",
            "POST /api/auth/logout",
            "GET /api/monitoring/iggy-status");

    private final Api api;
    private final List<Route> routes = new ArrayList<>();

    private record Route(String method, String path, boolean isDeclaredOpen) {

        @Override
        public String toString() {
            return method + " " + path;
        }

        String anyPath() {
            return path.replaceAll("\\{[^}]+\\}", "1");
        }
    }

    RoutesNeedAnActorTest(Api api, @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.api = api;
        mapping.getHandlerMethods().forEach((info, handler) -> {
            for (var pattern : info.getPatternsCondition().getPatterns()) {
                for (var method : info.getMethodsCondition().getMethods()) {
                    if (pattern.getPatternString().startsWith("/api")) {
                        routes.add(
                                new Route(
                                        method.name(),
                                        pattern.getPatternString(),
                                        handler.hasMethodAnnotation(OpenRoute.class)));
                    }
                }
            }
        });
    }

    @Test
    void should_declare_open_only_what_cannot_have_a_token() {
        assertThat(routes).hasSizeGreaterThan(15);
        assertThat(routes.stream().filter(Route::isDeclaredOpen).map(Route::toString))
                .containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void should_refuse_every_other_route_without_a_good_token() {
        var reached = new TreeSet<String>();
        for (var route : routes) {
            for (var token : new String[]{null, "not-a-token"}) {
                var answer = api.send(route.method(), route.anyPath(), token, null);
                if (!route.isDeclaredOpen() && (answer.status() != 401 || !answer.code().equals("UNAUTHENTICATED"))) {
                    reached.add(route + " → " + answer.status() + " " + answer.code());
                }
            }
        }
        assertThat(reached).isEmpty();
    }
}
