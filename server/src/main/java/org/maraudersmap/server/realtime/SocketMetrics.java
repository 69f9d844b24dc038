package org.maraudersmap.server.realtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.maraudersmap.socketio.DisconnectReason;
import org.maraudersmap.socketio.SocketIoMetrics;

/** Counts what happens on sockets. */
final class SocketMetrics implements SocketIoMetrics {
    private final MeterRegistry meters;
    private final AtomicInteger connected = new AtomicInteger();
    private final Counter deliveries;
    private final Counter broadcasts;
    private final Counter refusals;
    private final Counter replayed;
    private final Counter rateLimited;

    SocketMetrics(MeterRegistry meters) {
        this.meters = meters;
        meters.gauge("socketio.sockets", connected);
        this.deliveries = meters.counter("socketio.deliveries");
        this.broadcasts = meters.counter("socketio.broadcasts");
        this.refusals = meters.counter("socketio.refusals");
        this.replayed = meters.counter("socketio.replayed");
        this.rateLimited = meters.counter("socketio.rate.limited");
    }

    @Override
    public void socketConnected(String namespace, boolean recovered) {
        connected.incrementAndGet();
        meters.counter("socketio.connections", "recovered", String.valueOf(recovered)).increment();
    }

    @Override
    public void socketRefused(String namespace, String message) {
        refusals.increment();
    }

    @Override
    public void socketDisconnected(String namespace, DisconnectReason reason) {
        connected.decrementAndGet();
        meters.counter("socketio.disconnections", "reason", reason.text()).increment();
    }

    @Override
    public void broadcast(String namespace, int recipients) {
        broadcasts.increment();
        deliveries.increment(recipients);
    }

    @Override
    public void recoveryRefused(String namespace, String why) {
        meters.counter("socketio.recoveries.refused", "reason", why).increment();
    }

    @Override
    public void replayed(String namespace, int messages) {
        replayed.increment(messages);
    }

    @Override
    public void rateLimited(String namespace) {
        rateLimited.increment();
    }
}
