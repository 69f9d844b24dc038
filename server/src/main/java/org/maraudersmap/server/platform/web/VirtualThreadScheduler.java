package org.maraudersmap.server.platform.web;

import java.util.concurrent.Executors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Where filters do what may block. */
@Component
final class VirtualThreadScheduler implements DisposableBean {
    private final Scheduler scheduler = Schedulers.fromExecutorService(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));

    Scheduler schedulerOfVirtualThreads() {
        return scheduler;
    }

    @Override
    public void destroy() {
        scheduler.dispose();
    }
}
