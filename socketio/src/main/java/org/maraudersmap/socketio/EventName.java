package org.maraudersmap.socketio;

import java.util.Set;

/** Names of events: all but those that mean something else in every client and server. */
final class EventName {
    /** {@code RESERVED_EVENTS} of the official server and of its parser. */
    private static final Set<String> RESERVED = Set.of("connect", "connect_error", "disconnect", "disconnecting",
            "newListener", "removeListener");

    private EventName() {}

    static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /** Returns a name that may be emitted; a client would take a reserved one for something that it is not. */
    static String requireFree(String name) {
        if (isReserved(name)) {
            throw new IllegalArgumentException(
                    "\"%s\" is a reserved event name; choose another, none of %s".formatted(name,
                            RESERVED.stream().sorted().toList()));
        }
        return name;
    }
}
