package org.maraudersmap.server.realtime;

import java.time.Duration;
import org.maraudersmap.socketio.SocketIoServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Closes all connections before the server stops taking requests, so that clients go on elsewhere at once. */
@Component
class SocketShutdown implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SocketShutdown.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SocketIoServer server;
    private volatile boolean running;

    SocketShutdown(SocketIoServer server) {
        this.server = server;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            if (!server.shutdown(PATIENCE)) {
                log.warn("some sockets were not closed in order within {}", PATIENCE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start, the first to stop. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
