package org.maraudersmap.server.platform.web;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Gives every request a virtual thread of its own, first of all: filters, the reading of the body, the controller and
 * the writing of the answer are then plain calls on one thread, may block, and share its thread locals.
 *
 * <p>
 * It also means that no request is answered while the event loop is still handing it over. Reactor Netty 1.3.7 does
 * not survive that: a kept-alive connection whose request is answered so, just after the one before it, is never read
 * again (reactor-netty issue 4361).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class VirtualThreadFilter implements WebFilter, DisposableBean {
    private final Scheduler virtualThreads = Schedulers.fromExecutor(VirtualThreadFilter::startThreadForRequest);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).subscribeOn(virtualThreads);
    }

    /**
     * No executor service: when a client goes away, Reactor would have it interrupt the thread, and an interrupted
     * thread closes the database connection that it is waiting for.
     */
    static void startThreadForRequest(Runnable request) {
        Thread.ofVirtual().name("request").start(request);
    }

    @Override
    public void destroy() {
        virtualThreads.dispose();
    }
}
