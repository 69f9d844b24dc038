package org.maraudersmap.server.platform.web;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Gives every request a virtual thread of its own, first of all, once its body is there: filters, controller and the
 * writing of the answer are then plain calls on one thread, may block, and share its thread locals.
 *
 * <p>
 * It also means that no request is answered while the event loop is still handing it over. Reactor Netty 1.3.7 does
 * not survive that: a kept-alive connection whose request is answered so, just after the one before it, is never read
 * again (reactor-netty issue 4361).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class VirtualThreadFilter implements WebFilter, DisposableBean {
    private static final int LARGEST_BODY = 128 * 1024;

    private final Scheduler virtualThreads = Schedulers.fromExecutor(VirtualThreadFilter::startThreadForRequest);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        if (!hasBody(request)) {
            return chain.filter(exchange).subscribeOn(virtualThreads);
        }
        return DataBufferUtils.join(request.getBody(), LARGEST_BODY)
                .map(VirtualThreadFilter::takeBytes)
                .defaultIfEmpty(new byte[0])
                .publishOn(virtualThreads)
                .flatMap(body -> chain.filter(exchange.mutate().request(new ReadRequest(request, body)).build()));
    }

    /**
     * No executor service: when a client goes away, Reactor would have it interrupt the thread, and an interrupted
     * thread closes the database connection that it is waiting for.
     */
    static void startThreadForRequest(Runnable request) {
        Thread.ofVirtual().name("request").start(request);
    }

    private static boolean hasBody(ServerHttpRequest request) {
        var headers = request.getHeaders();
        return headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    private static byte[] takeBytes(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    @Override
    public void destroy() {
        virtualThreads.dispose();
    }

    /** A request whose body has come. */
    private static final class ReadRequest extends ServerHttpRequestDecorator {
        private final byte[] body;

        ReadRequest(ServerHttpRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return body.length == 0 ? Flux.empty() : Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body));
        }
    }
}
