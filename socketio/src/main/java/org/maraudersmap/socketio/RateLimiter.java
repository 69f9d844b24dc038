package org.maraudersmap.socketio;

/** So many a second on average, all at once if need be. One number of state; for one thread at a time. */
final class RateLimiter {
    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private long fullAt;

    RateLimiter(int perSecond, long now) {
        interval = SECOND / perSecond;
        fullAt = now;
    }

    boolean allow(long now) {
        var next = Math.max(fullAt - now, 0) + interval;
        if (next > SECOND) {
            return false;
        }
        fullAt = now + next;
        return true;
    }
}
