package org.maraudersmap.socketio;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a {@link Middleware} decides. With several of them, all must accept, and what they accept with is combined. */
public sealed interface Verdict {

    /** Accepts; add to it with {@link Accepted}'s methods. */
    static Accepted accept() {
        return new Accepted(Optional.empty(), Map.of(), Set.of(), Optional.empty(), _ -> true);
    }

    /** Refuses: the client gets {@code connect_error} with this message. */
    static Refused refuse(String message) {
        return new Refused(message, Optional.empty());
    }

    /** Refuses: the client gets {@code connect_error} with this message and {@code err.data}. */
    static Refused refuse(String message, Object data) {
        return new Refused(message, Optional.of(data));
    }

    /**
     * The client may join.
     *
     * @param user
     *            who it is: sockets of one user are counted together, and a session is recovered by its own
     *            user only
     * @param attachments
     *            what the socket carries, by type
     * @param rooms
     *            which the socket is in from its first moment
     * @param floor
     *            up to where the client is served already; by default the head of the log, if there is one
     * @param mayRestore
     *            which rooms of its former session a socket that recovers may have back, besides {@code rooms}; by
     *            default all
     */
    record Accepted(Optional<String> user, Map<Class<?>, Object> attachments, Set<String> rooms,
            Optional<Offset> floor, Predicate<String> mayRestore) implements Verdict {

        public Accepted {
            attachments = Map.copyOf(attachments);
            rooms = Set.copyOf(rooms);
        }

        /** Names the user. */
        public Accepted user(String key) {
            return new Accepted(Optional.of(key), attachments, rooms, floor, mayRestore);
        }

        /** Lets the socket carry a value; see {@link Socket#attachment}. */
        public <T> Accepted attach(Class<T> type, T value) {
            var more = new HashMap<>(attachments);
            more.put(type, type.cast(value));
            return new Accepted(user, more, rooms, floor, mayRestore);
        }

        /** Puts the socket into rooms from its first moment. */
        public Accepted join(String... more) {
            var all = new HashSet<>(rooms);
            all.addAll(List.of(more));
            return new Accepted(user, attachments, all, floor, mayRestore);
        }

        /** Sets the floor: the socket is never sent a message at or below it. */
        public Accepted floor(Offset offset) {
            return new Accepted(user, attachments, rooms, Optional.of(offset), mayRestore);
        }

        /**
         * Says which rooms of its former session a socket that recovers may have back; e.g. none whose name begins with
         * {@code role:}, since roles change.
         */
        public Accepted restoring(Predicate<String> room) {
            return new Accepted(user, attachments, rooms, floor, room);
        }

        Accepted and(Accepted later) {
            var allAttachments = new HashMap<>(attachments);
            allAttachments.putAll(later.attachments);
            var allRooms = new HashSet<>(rooms);
            allRooms.addAll(later.rooms);
            return new Accepted(later.user.or(this::user), allAttachments, allRooms, later.floor.or(this::floor),
                    mayRestore.and(later.mayRestore));
        }
    }

    /**
     * The client may not join.
     *
     * @param message
     *            its {@code connect_error} says so
     * @param data
     *            its {@code err.data}, any value that becomes JSON
     */
    record Refused(String message, Optional<Object> data) implements Verdict {}
}
