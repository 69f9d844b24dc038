package org.maraudersmap.eventlog.iggy;

import java.util.List;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.LogHead;
import org.maraudersmap.eventlog.PositionedEvent;

/** A database that knows its epoch and has no events: whoever reads a broker's log over it reads the broker alone. */
public final class EmptyLog implements EventLog {
    private volatile String epoch;

    /** In one life of the log. */
    public EmptyLog(String epoch) {
        this.epoch = epoch;
    }

    void startLife(String another) {
        epoch = another;
    }

    @Override
    public LogHead head() {
        return new LogHead(epoch, 0);
    }

    @Override
    public List<PositionedEvent> readAfter(long position, int limit) {
        return List.of();
    }

    @Override
    public Subscription onAppend(Runnable wakeUp) {
        return () -> {
        };
    }
}
