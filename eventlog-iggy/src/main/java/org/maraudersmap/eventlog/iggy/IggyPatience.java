package org.maraudersmap.eventlog.iggy;

import java.time.Duration;

/**
 * How long to wait for what.
 *
 * @param connect
 *            for each step of connecting
 * @param read
 *            for an answer with messages
 * @param write
 *            until messages are acknowledged, which a server that writes through may take its time for
 * @param shortestPause
 *            before connecting again after a failure; doubled with each failure in a row
 * @param late
 *            for the broker to deliver an event that the database has; then the database gives it
 */
record IggyPatience(
        Duration connect, Duration read, Duration write, Duration shortestPause, Duration longestPause, Duration late) {

    static IggyPatience ofProduction() {
        return new IggyPatience(
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1));
    }
}
