package org.maraudersmap.socketio.engineio;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Pings one session's client and knows when it is dead (Engine.IO 4, "Heartbeat"): no pong within {@code pingTimeout},
 * or no packet at all within {@code maxSilence}. One timer at a time; safe for use by any thread.
 */
final class Heartbeat {
    private final EngineIoServer server;
    private final EventExecutor loop;
    private final Runnable ping;
    private final Runnable dead;
    private volatile long lastSeenMillis;
    private volatile long lastPacketNanos;

    // Guarded by this:
    private @Nullable Future<?> timer;
    private boolean stopped;
    private boolean awaitingPong;
    private long pingSentNanos;

    /**
     * Starts counting, but not pinging yet.
     *
     * @param ping
     *            sends a ping
     * @param dead
     *            hears that the client is dead, once
     */
    Heartbeat(EngineIoServer server, EventExecutor loop, Runnable ping, Runnable dead) {
        this.server = server;
        this.loop = loop;
        this.ping = ping;
        this.dead = dead;
        signOfLife();
    }

    /** A packet of any kind came. */
    void signOfLife() {
        lastSeenMillis = server.clock().millis();
        lastPacketNanos = server.nanos();
    }

    Instant lastSeen() {
        return Instant.ofEpochMilli(lastSeenMillis);
    }

    synchronized void start() {
        schedule(server.settings().pingInterval().toNanos());
    }

    synchronized void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    synchronized void pong() {
        if (awaitingPong) {
            awaitingPong = false;
            schedule(server.settings().pingInterval().toNanos());
        }
    }

    /** Whether the client is overdue, although the timer has not fired yet. */
    synchronized boolean isOverdue() {
        return awaitingPong && nanosLeft() <= 0;
    }

    private void schedule(long nanos) {
        if (stopped) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timer = loop.schedule(this::tick, Math.max(nanos, 1_000_000), TimeUnit.NANOSECONDS);
    }

    private void tick() {
        var pingNow = false;
        var isDead = false;
        synchronized (this) {
            if (stopped) {
                return;
            }
            if (!awaitingPong) {
                pingNow = true;
                awaitingPong = true;
                pingSentNanos = server.nanos();
            }
            var left = nanosLeft();
            isDead = left <= 0;
            if (!isDead) {
                schedule(left);
            }
        }
        if (isDead) {
            dead.run();
        } else if (pingNow) {
            ping.run();
        }
    }

    private long nanosLeft() {
        var now = server.nanos();
        var settings = server.settings();
        return Math.min(settings.pingTimeout().toNanos() - (now - pingSentNanos),
                settings.maxSilence().toNanos() - (now - lastPacketNanos));
    }
}
