package org.maraudersmap.server.platform.web;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a stop cut no request: those that run are waited for, and those that still come on kept-alive connections are
 * refused and told to connect anew. The server's own graceful shutdown knows only the connections, and closes one that
 * is just between two requests.
 */
@Component
@Order(RequestBodyFilter.ORDER + 1) // a body that never comes would be waited for
final class RequestDrain implements WebFilter, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RequestDrain.class);
    private static final long PATIENCE_SECONDS = 15;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private int running;
    private boolean stopping;
    private volatile boolean started;

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var headers = exchange.getResponse().getHeaders();
        exchange.getResponse().beforeCommit(() -> {
            if (isStopping()) {
                headers.set(HttpHeaders.CONNECTION, "close");
            }
            return Mono.empty();
        });
        if (!beginRequest()) {
            return Mono.error(Problem.of(ProblemCode.UNAVAILABLE, "This node is stopping; try again."));
        }
        return chain.filter(exchange).doFinally(_ -> endRequest());
    }

    private boolean beginRequest() {
        lock.lock();
        try {
            if (!stopping) {
                running++;
            }
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    private void endRequest() {
        lock.lock();
        try {
            running--;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public void stop() {
        started = false;
        lock.lock();
        try {
            stopping = true;
            var left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (running > 0 && left > 0) {
                left = drained.awaitNanos(left);
            }
            if (running > 0) {
                log.warn("{} requests are cut: they took longer than {} s", running, PATIENCE_SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    /** After the sockets have been closed, before the server stops listening. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 512;
    }
}
