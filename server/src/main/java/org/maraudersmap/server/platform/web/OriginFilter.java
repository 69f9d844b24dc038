package org.maraudersmap.server.platform.web;

import java.util.List;
import java.util.Optional;
import org.maraudersmap.server.platform.AllowedOrigins;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses what pages of strangers send, and tells browsers what other pages may (Fetch standard, section 3.3). */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class OriginFilter implements WebFilter {
    private static final CorsConfiguration FOR_NO_PAGE = configurationFor(List.of());

    private final AllowedOrigins allowed;
    private final PreflightAnswers answers = new PreflightAnswers();

    OriginFilter(AllowedOrigins allowed) {
        this.allowed = allowed;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest().getHeaders();
        var origins = request.getOrEmpty(HttpHeaders.ORIGIN);
        if (!allowed.allowsRequestOfPage(origins, Optional.ofNullable(request.getFirst(HttpHeaders.HOST)))) {
            return Mono.error(
                    Problem.of(
                            ProblemCode.FORBIDDEN,
                            "Pages of " + String.join(", ", origins)
                                    + " may not call; SOCKET_IO_CORS_ORIGIN names those that may."));
        }
        var isAllowed = answers.process(origins.isEmpty() ? FOR_NO_PAGE : configurationFor(origins), exchange);
        return isAllowed && !CorsUtils.isPreFlightRequest(exchange.getRequest())
                ? chain.filter(exchange)
                : Mono.empty();
    }

    private static CorsConfiguration configurationFor(List<String> origins) {
        var configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(origins);
        configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        configuration.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        configuration.setExposedHeaders(
                List.of(HttpHeaders.ETAG, HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER, "Log-Position", "Log-Epoch"));
        configuration.setAllowCredentials(true);
        configuration.setMaxAge(3600L);
        return configuration;
    }

    private static final class PreflightAnswers extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            throw Problem.of(ProblemCode.FORBIDDEN, "A page may not call with this method or these headers.");
        }
    }
}
