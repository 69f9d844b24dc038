package org.maraudersmap.server.backbone;

import java.util.UUID;

/**
 * An event with its envelope, ready for the outbox. Whoever makes it does so on the thread of what it describes, whose
 * trace it names; any thread may record it.
 */
public record PreparedEvent(UUID eventId, String topic, String key, String type, String envelope) {

    Object[] toRow() {
        return new Object[]{eventId, topic, key, type, envelope};
    }
}
