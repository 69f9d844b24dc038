package org.maraudersmap.server.realtime;

import java.util.UUID;
import org.maraudersmap.server.platform.Role;

/** Who hears an announcement. */
public sealed interface Audience {

    /** Every socket. */
    record Everyone() implements Audience {}

    /** The sockets in a room. */
    record Room(String name) implements Audience {}

    /** The room that one socket is alone in. */
    static Room client(String socketId) {
        return new Room(socketId);
    }

    /** The room of all sockets of a user; only the server puts sockets there. */
    static Room user(UUID userId) {
        return new Room("user:" + userId);
    }

    /** The room of all sockets whose user has a role now; only the server puts sockets there. */
    static Room role(Role role) {
        return new Room("role:" + role);
    }

    /** The room of the sockets that asked for the feed, with {@code feed:subscribe}. */
    static Room feed() {
        return new Room("feed");
    }
}
