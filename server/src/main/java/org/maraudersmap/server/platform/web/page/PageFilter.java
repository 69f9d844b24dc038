package org.maraudersmap.server.platform.web.page;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Answers with the web page wherever a browser asks for one: the page has addresses of its own, such as
 * {@code /incidents/42}, which no route knows. What is not asked for as HTML, and what is the server's, goes on to the
 * routes.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 15)
final class PageFilter implements WebFilter {
    private static final String PAGE = "/index.html";
    /** Their names change with their content. */
    private static final String LASTING = "/assets/";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final List<String> OF_THE_SERVER = List
            .of("/api", "/socket.io", "/health", "/metrics", "/v3", "/swagger-ui", "/webjars", LASTING);
    /** Nothing from anywhere else, nothing inline. */
    private static final String CONTENT_SECURITY_POLICY = """
            default-src 'self'; \
            img-src 'self' data:; \
            object-src 'none'; \
            base-uri 'none'; \
            form-action 'self'; \
            frame-ancestors 'none'""";

    private final PageFiles files;

    PageFilter(PageFiles files) {
        this.files = files;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return fileFor(exchange.getRequest()).map(file -> answer(exchange, file))
                .orElseGet(() -> chain.filter(exchange));
    }

    private Optional<PageFile> fileFor(ServerHttpRequest request) {
        if (!READING.contains(request.getMethod())) {
            return Optional.empty();
        }
        var path = request.getPath().pathWithinApplication().value();
        return files.findFileAtPath(path)
                .or(() -> isOfThePage(path, request) ? files.findFileAtPath(PAGE) : Optional.empty());
    }

    private static boolean isOfThePage(String path, ServerHttpRequest request) {
        return path.equals("/") || (OF_THE_SERVER.stream().noneMatch(path::startsWith) && wantsHtml(request));
    }

    /** By name: {@code *}{@code /*} is what programs say. */
    private static boolean wantsHtml(ServerHttpRequest request) {
        return request.getHeaders()
                .getOrEmpty(HttpHeaders.ACCEPT)
                .stream()
                .anyMatch(accepted -> accepted.contains(MediaType.TEXT_HTML_VALUE));
    }

    private static Mono<Void> answer(ServerWebExchange exchange, PageFile file) {
        var request = exchange.getRequest();
        var response = exchange.getResponse();
        var headers = response.getHeaders();
        // For the meters: a route like others.
        exchange.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "page");
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.setVary(List.of(HttpHeaders.ACCEPT_ENCODING));
        headers.setCacheControl(
                request.getPath().pathWithinApplication().value().startsWith(LASTING)
                        ? "public, max-age=31536000, immutable"
                        : "no-cache");
        // Weak: the encodings of one file differ byte by byte.
        if (exchange.checkNotModified("W/\"" + file.version() + "\"")) {
            return response.setComplete();
        }
        headers.setContentType(withCharset(file.type()));
        var body = file.shortestFor(request.getHeaders().getFirst(HttpHeaders.ACCEPT_ENCODING));
        body.encoding().ifPresent(encoding -> headers.set(HttpHeaders.CONTENT_ENCODING, encoding));
        headers.setContentLength(body.length());
        return request.getMethod().equals(HttpMethod.HEAD)
                ? response.setComplete()
                : response.writeWith(Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(body.bytes().duplicate())));
    }

    private static MediaType withCharset(MediaType type) {
        return type.getType().equals("text") ? new MediaType(type, StandardCharsets.UTF_8) : type;
    }
}
