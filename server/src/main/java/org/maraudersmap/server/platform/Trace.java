package org.maraudersmap.server.platform;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The trace that a thread works for, from the request through outbox, log and consumer to the socket. The logs of the
 * thread name it, and so do the events that come of its work.
 */
public final class Trace implements AutoCloseable {
    /** As the logging context calls it. */
    private static final String TRACE_ID = "traceId";

    private final @Nullable String before;

    private Trace(@Nullable String before) {
        this.before = before;
    }

    /** The trace of this thread, if it works for one. */
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(TRACE_ID));
    }

    /** Lets this thread work for a trace, or for none, until the result is closed; then for that of before. */
    public static Trace enter(@Nullable String traceId) {
        var trace = new Trace(MDC.get(TRACE_ID));
        set(traceId);
        return trace;
    }

    @Override
    public void close() {
        set(before);
    }

    private static void set(@Nullable String traceId) {
        if (traceId == null) {
            MDC.remove(TRACE_ID);
        } else {
            MDC.put(TRACE_ID, traceId);
        }
    }
}
