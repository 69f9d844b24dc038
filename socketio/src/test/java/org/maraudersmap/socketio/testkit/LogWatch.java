package org.maraudersmap.socketio.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Hears what is logged as a warning or worse: exceptions that escaped handlers, and leaks, of which every buffer is
 * tracked meanwhile.
 */
public final class LogWatch implements AutoCloseable {
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                complaints.add(event.getLoggerName() + ": " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null ? "" : " " + event.getThrowableProxy().getMessage()));
            }
        }
    };

    /** Begins to listen. */
    public LogWatch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
    }

    /** What was logged, after a collection of garbage that brings leaks to light. */
    public List<String> complaints() {
        for (var i = 0; i < 5; i++) {
            System.gc();
            // Leaks are reported when the next buffer is allocated.
            for (var j = 0; j < 50; j++) {
                ByteBufAllocator.DEFAULT.directBuffer(16).release();
            }
        }
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        ResourceLeakDetector.setLevel(before);
    }
}
