package org.maraudersmap.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.platform.OpenRoute;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/** Over every handler that there is, whoever has brought it, so that none can be forgotten. */
@ProductTest
class RoutesNeedAnActorTest {
    private static final Set<String> OPEN = Set.of(
            "POST /api/auth/register",
            "POST /api/auth/login",
            "POST /api/auth/refresh",
            "POST /api/auth/logout",
            "GET /api/monitoring/iggy-status",
            "GET /health",
            "GET /health/ready",
            "GET /metrics");
    private static final Set<String> DESCRIPTIONS_OF_THE_API = Set.of(
            "GET /v3/api-docs",
            "GET /v3/api-docs.yaml",
            "GET /v3/api-docs/swagger-config",
            "GET /swagger-ui.html");
    private static final Set<String> FILES = Set.of("/swagger-ui/**", "/swagger-ui*/*swagger-initializer.js",
            "/swagger-ui*/**", "/swagger-ui/*swagger-initializer.js", "/swagger-ui/*index.html");

    /** Other ways to write {@code /api/incidents/1}, which a careless check of the beginning would let pass. */
    private static final Map<String, UnaryOperator<String>> SPELLINGS = Map.ofEntries(
            Map.entry("a letter encoded", path -> path.replaceFirst("/(.)", "/%LETTER")),
            Map.entry("the last letter encoded", path -> path.replaceFirst(".$", "%LETTER")),
            Map.entry("a parameter", path -> path.replaceFirst("(/[^/]+)", "$1;x")),
            Map.entry("a parameter at the end", path -> path + ";x=y"),
            Map.entry("two slashes", path -> "/" + path),
            Map.entry("two slashes inside", path -> path.replaceFirst("(/[^/]+)/", "$1//")),
            Map.entry("capitals", path -> path.toUpperCase(Locale.ROOT)),
            Map.entry("an encoded slash", path -> path.replaceFirst("(/[^/]+)/", "$1%2F")),
            Map.entry("an encoded slash, small", path -> path.replaceFirst("(/[^/]+)/", "$1%2f")),
            Map.entry("an encoded backslash", path -> path.replaceFirst("(/[^/]+)/", "$1%5C")),
            Map.entry("a slash at the end", path -> path + "/"),
            Map.entry("dots", path -> "/x/.." + path),
            Map.entry("encoded dots", path -> "/x/%2e%2e" + path),
            Map.entry("a dot", path -> "/." + path),
            Map.entry("NUL", path -> path + "%00"),
            Map.entry("an ending", path -> path + ".json"));

    private final Api api;
    private final List<Route> routes;
    private final List<HandlerMapping> mappings;

    private record Route(String method, String path, HandlerMethod handler) {

        @Override
        public String toString() {
            return method + " " + path;
        }

        boolean isDeclaredOpen() {
            return handler.hasMethodAnnotation(OpenRoute.class);
        }

        boolean isOurs() {
            return handler.getBeanType().getName().startsWith("org.maraudersmap.");
        }

        String anyPath() {
            return path.replaceAll("\\{[^}]+\\}", "1");
        }
    }

    RoutesNeedAnActorTest(Api api, ListableBeanFactory beans) {
        this.api = api;
        this.mappings = List.copyOf(beans.getBeansOfType(HandlerMapping.class).values());
        this.routes = mappings.stream()
                .filter(RequestMappingInfoHandlerMapping.class::isInstance)
                .map(RequestMappingInfoHandlerMapping.class::cast)
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .flatMap(entry -> routesOf(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Stream<Route> routesOf(RequestMappingInfo info, HandlerMethod handler) {
        var declared = info.getMethodsCondition().getMethods();
        var methods = declared.isEmpty() ? Set.of(RequestMethod.values()) : declared;
        return info.getPatternsCondition()
                .getPatterns()
                .stream()
                .flatMap(
                        pattern -> methods.stream()
                                .map(method -> new Route(method.name(), pattern.getPatternString(), handler)));
    }

    @Test
    void should_declare_open_only_what_cannot_have_a_token() {
        assertThat(routes).hasSizeGreaterThan(15);
        assertThat(routes.stream().filter(Route::isDeclaredOpen).map(Route::toString))
                .containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void should_have_no_other_handlers_than_ours_and_those_that_describe_the_api() {
        assertThat(routes.stream().filter(route -> !route.isOurs()).map(Route::toString))
                .isSubsetOf(DESCRIPTIONS_OF_THE_API);
        for (var mapping : mappings) {
            switch (mapping) {
                case AbstractUrlHandlerMapping urls -> assertThat(
                        urls.getHandlerMap().keySet().stream().map(Object::toString)).isSubsetOf(FILES);
                case RouterFunctionMapping functions -> assertThat(functions.getRouterFunction()).isNull();
                default -> assertThat(mapping)
                        .isInstanceOfAny(RequestMappingInfoHandlerMapping.class, MatchedRoute.class);
            }
        }
    }

    @Test
    void should_refuse_every_other_route_without_a_good_token() {
        var reached = new TreeSet<String>();
        for (var route : routes) {
            for (var token : new String[]{null, "not-a-token"}) {
                var answer = api.send(route.method(), route.anyPath(), token, null);
                if (route.isOurs()
                        && !route.isDeclaredOpen()
                        && (answer.status() != 401 || !answer.code().equals("UNAUTHENTICATED"))) {
                    reached.add(route + " → " + answer.status() + " " + answer.code());
                }
            }
        }
        assertThat(reached).isEmpty();
    }

    @Test
    void should_let_nobody_reach_a_route_by_another_spelling_of_its_path() {
        var reached = new TreeSet<String>();
        var admin = api.loginAdmin().accessToken();
        for (var route : routes) {
            SPELLINGS.forEach((name, spelling) -> {
                var path = spell(route.anyPath(), spelling);
                for (var token : new String[]{null, admin}) {
                    var answer = api.send(route.method(), path, token, null);
                    if (!path.equals(route.anyPath()) && !Set.of(400, 404, 405).contains(answer.status())
                    // "/api/incidents/1.json" is another id on the same route
                            && !(route.path().endsWith("}") && answer.status() == 401)) {
                        reached.add(name + ": " + route.method() + " " + path + " → " + answer.status());
                    }
                }
            });
        }
        assertThat(reached).isEmpty();
    }

    private static String spell(String path, UnaryOperator<String> spelling) {
        var first = "%%%02x".formatted((int) path.charAt(1));
        var last = "%%%02x".formatted((int) path.charAt(path.length() - 1));
        var spelled = spelling.apply(path);
        return spelled.endsWith("%LETTER") ? spelled.replace("%LETTER", last) : spelled.replace("%LETTER", first);
    }

    @ParameterizedTest
    @CsvSource({"/%61pi/incidents, %61; write 'a'", "/api;x/incidents, has a ';'",
            "//api/incidents, empty segment",
            "/api/incidents/%2e%2e/users, %2e; write '.'", "/api%2Fincidents, %2F",
            "/api/../incidents, a '.' or '..' segment", "/incidents/42;jsessionid=1, has a ';'"})
    void should_say_what_is_wrong_with_a_path(String path, String detail) {
        var answer = api.get(path, api.loginAdmin().accessToken());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_PARAMETER");
        assertThat(answer.body().path("detail").asString()).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/incidents/42", "/a/b-c_d~e.f", "/%F0%9F%91%8D", "/caf%C3%A9", "/a%20b",
            "/a%3Bb", "/@harry", "/a%40b", "/.well-known/x", "/...", "/a/", "/a%25b"})
    void should_find_nothing_wrong_with_a_plain_path(String path) {
        assertThat(PlainPathFilter.findFaultOfPath(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%4", "/%4z/x", "/%zz", "/a\\b", "/.", "/a/..", "/%2D", "/%7E"})
    void should_find_what_is_wrong_with_a_path(String path) {
        assertThat(PlainPathFilter.findFaultOfPath(path)).isNotEmpty();
    }

    @Test
    void should_let_nobody_keep_an_answer_to_somebody() {
        var student = api.registerStudent();
        var kept = new TreeSet<String>();
        for (var route : routes) {
            if (route.isOurs() && route.method().equals("GET")) {
                var answer = api.get(route.anyPath(), student.accessToken());
                if (answer.header("Cache-Control").stream().noneMatch("no-store"::equals)) {
                    kept.add(route + " → " + answer.header("Cache-Control"));
                }
            }
        }
        assertThat(kept).isEmpty();
    }

    @Test
    void should_give_the_files_that_describe_the_api_whole_and_let_them_load_nothing_from_elsewhere() {
        for (var path : List.of("/swagger-ui/index.html", "/swagger-ui/swagger-ui.css")) {
            var answer = api.send("GET", path, null, null, "Range", "bytes=0-1,5-6,8-9");

            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.header("Accept-Ranges")).hasValue("none");
            assertThat(answer.header("Content-Security-Policy")).hasValueSatisfying(
                    policy -> assertThat(policy).contains("default-src 'none'", "script-src 'self'")
                            .doesNotContain("unsafe-eval", "script-src 'self' 'unsafe-inline'", "*", "http"));
        }
    }
}
