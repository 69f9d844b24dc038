package org.maraudersmap.eventlog;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A log that lives as long as the process and keeps everything in memory; for tests and for readers of this code.
 */
public final class InMemoryEventLog implements PublishableEventLog {
    private final String epoch = UUID.randomUUID().toString();
    private final List<PositionedEvent> events = new ArrayList<>();
    private final WakeUps wakeUps = new WakeUps();

    @Override
    public synchronized LogHead head() {
        return new LogHead(epoch, events.size());
    }

    @Override
    public synchronized List<PositionedEvent> readAfter(long position, int limit) {
        var from = Math.clamp(position, 0, events.size());
        var to = (int) Math.min(events.size(), (long) from + limit);
        return List.copyOf(events.subList(from, to));
    }

    @Override
    public void publish(List<PositionedEvent> published) {
        synchronized (this) {
            PublishableEventLog.refuseHoleAfter(events.size(), published);
            for (var event : published) {
                if (event.position() == events.size() + 1) {
                    events.add(event);
                }
            }
        }
        wakeUps.wakeAll();
    }

    @Override
    public Subscription onAppend(Runnable wakeUp) {
        return wakeUps.add(wakeUp);
    }
}
