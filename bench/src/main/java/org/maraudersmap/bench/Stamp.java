package org.maraudersmap.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** When a request was due, written into the title of its incident, where clients find it again without parsing JSON. */
final class Stamp {
    private static final byte[] MARK = "bench-".getBytes(StandardCharsets.US_ASCII);

    private Stamp() {}

    /** A title that says {@link System#nanoTime()}. */
    static String title(long nanos) {
        return "bench-" + nanos + ".";
    }

    /** The first time written in these bytes. */
    static OptionalLong find(ByteBuffer bytes, int from, int to) {
        for (var at = from; at <= to - MARK.length; at++) {
            if (bytes.get(at) == MARK[0] && isMark(bytes, at)) {
                return OptionalLong.of(number(bytes, at + MARK.length, to));
            }
        }
        return OptionalLong.empty();
    }

    private static boolean isMark(ByteBuffer bytes, int at) {
        for (var i = 1; i < MARK.length; i++) {
            if (bytes.get(at + i) != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(ByteBuffer bytes, int from, int to) {
        var number = 0L;
        for (var at = from; at < to && bytes.get(at) >= '0' && bytes.get(at) <= '9'; at++) {
            number = number * 10 + (bytes.get(at) - '0');
        }
        return number;
    }
}
