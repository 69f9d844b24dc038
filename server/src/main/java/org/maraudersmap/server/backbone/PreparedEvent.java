package org.maraudersmap.server.backbone;

import java.util.List;
import java.util.UUID;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.SerializedEvent;

/**
 * An event with its envelope, ready for the outbox. Whoever makes it does so on the thread of what it describes, whose
 * trace it names; any thread may record it.
 */
public record PreparedEvent(NewEvent event, SerializedEvent envelope) {

    /** A row of the outbox, in the order of its columns. */
    Object[] toRow() {
        return new Object[]{envelope.eventId(), event.topic(), event.key(), event.type(), envelope.json()};
    }

    /** The same for several: a column of the outbox each. */
    static Object[] toColumns(List<PreparedEvent> events) {
        return new Object[]{events.stream().map(each -> each.envelope.eventId()).toArray(UUID[]::new),
                events.stream().map(each -> each.event.topic()).toArray(String[]::new),
                events.stream().map(each -> each.event.key()).toArray(String[]::new),
                events.stream().map(each -> each.event.type()).toArray(String[]::new),
                events.stream().map(each -> each.envelope.json()).toArray(String[]::new)};
    }
}
