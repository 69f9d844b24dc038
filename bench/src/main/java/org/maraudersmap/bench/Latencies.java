package org.maraudersmap.bench;

import java.util.Arrays;

/** Times in nanoseconds, kept one by one. Thread-safe, and cheap enough for some hundred thousand a second. */
final class Latencies {
    private long[] nanos = new long[1 << 16];
    private int count;

    synchronized void add(long value) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = value;
    }

    synchronized int count() {
        return count;
    }

    /** What so many of a hundred stay below, in milliseconds, for each of these. */
    synchronized double[] percentiles(double... percents) {
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return Arrays.stream(percents).map(percent -> percentile(sorted, percent)).toArray();
    }

    private static double percentile(long[] sorted, double percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        var index = (int) Math.ceil(percent / 100 * sorted.length) - 1;
        return sorted[Math.clamp(index, 0, sorted.length - 1)] / 1e6;
    }
}
