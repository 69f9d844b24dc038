package org.maraudersmap.eventlog;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that lives as long as the process; for tests and for readers of this code. */
public final class InMemoryEventLog implements PublishableEventLog {
    private final String epoch = UUID.randomUUID().toString();
    private final List<PositionedEvent> events = new ArrayList<>();
    private final List<Runnable> wakeUps = new CopyOnWriteArrayList<>();

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
            for (var event : published) {
                var next = events.size() + 1;
                if (event.position() > next) {
                    throw new IllegalArgumentException(
                            "position " + event.position() + " leaves a hole: the next one is " + next);
                }
                if (event.position() == next) {
                    events.add(event);
                }
            }
        }
        wakeUps.forEach(Runnable::run);
    }

    @Override
    public Subscription onAppend(Runnable wakeUp) {
        wakeUps.add(wakeUp);
        return () -> wakeUps.remove(wakeUp);
    }
}
