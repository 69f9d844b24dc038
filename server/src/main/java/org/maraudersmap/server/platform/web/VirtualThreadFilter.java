package org.maraudersmap.server.platform.web;

import java.util.concurrent.Executors;
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
 * Takes every request off its event loop, first of all: what follows may block. It also means that no request is
 * answered while the event loop is still handing it over. Reactor Netty 1.3.7 does not survive that: a kept-alive
 * connection whose request is answered so, just after the one before it, is never read again (reactor-netty issue
 * 4361).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class VirtualThreadFilter implements WebFilter, DisposableBean {
    private final Scheduler virtualThreads = Schedulers.fromExecutorService(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).subscribeOn(virtualThreads);
    }

    @Override
    public void destroy() {
        virtualThreads.dispose();
    }
}
