package org.maraudersmap.socketio;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.socketio.engineio.EncodedMessage;

/**
 * Where sessions and missed messages are kept, so that a client that comes back after its connection broke gets its
 * rooms back and everything that it missed ("connection state recovery"). Implement it on a database and a log to
 * survive restarts and to move between nodes; {@link InMemoryRecovery} does it for one process.
 *
 * <p>
 * All methods but {@link #record} are called on virtual threads and may block. An exception before a client is told
 * that it is recovered refuses the recovery; later it closes the connection, and the client tries again from where it
 * got to.
 */
public interface Recovery {

    /**
     * Where the log stands: a new socket's floor, and up to where a replay goes. It is read after the socket has begun
     * to hold live messages, so nothing falls between.
     */
    Offset head(String namespace);

    /**
     * Keeps a session; when this returns, it must survive whatever it is meant to survive.
     *
     * @return false, and nothing changed, if a session of the same pid and a higher generation is kept already
     */
    boolean save(Session session);

    /** Finds a session, wherever it was saved. Window and user are checked by the caller. */
    Optional<Session> find(String namespace, String pid);

    /** Forgets a session, unless a higher generation of it is kept; it ended for good. */
    void remove(Session session);

    /**
     * Whether everything in the log after {@code after}, up to and with {@code upTo}, can be looked through: it is kept
     * still, and it is not too much. Epochs and order have been checked.
     */
    boolean isComplete(Session session, Offset after, Offset upTo);

    /**
     * One page of what the session's socket has missed: messages after {@code after}, up to and with {@code upTo}, in
     * order, each to a room that the session was in at that offset or to everybody, and that the socket's user may see
     * now. The next page is asked for when the client has taken this one.
     *
     * @param socket
     *            the socket that is recovering, with its new attachments; use it to decide, not to emit
     */
    Page replay(Socket socket, Session session, Offset after, Offset upTo);

    /**
     * For an implementation that keeps messages itself: called before a message goes out that has no offset, is not
     * volatile and wants no acknowledgement, one at a time per namespace. Must not block.
     *
     * @return the message's offset; empty if it shall have none
     */
    default Optional<Offset> record(Message message) {
        return Optional.empty();
    }

    /**
     * A socket as it is remembered.
     *
     * @param pid
     *            the session's private id, known to the client only
     * @param generation
     *            grows by one with every recovery, so that a late save by a former node loses
     * @param namespace
     *            the namespace's name
     * @param socketId
     *            the socket's public id
     * @param user
     *            who the middleware said it is
     * @param start
     *            the floor with which the socket began; replay starts here if the client names no offset
     * @param rooms
     *            the rooms, each with the offset since which the socket is in it
     * @param lastSeen
     *            the socket's last sign of life
     */
    record Session(String pid, long generation, String namespace, String socketId, Optional<String> user, Offset start,
            Map<String, Offset> rooms, Instant lastSeen) {

        public Session {
            rooms = Map.copyOf(rooms);
        }
    }

    /**
     * Part of a replay.
     *
     * @param messages
     *            in order; may be empty
     * @param next
     *            after which offset the next page begins; empty if this is the last one
     */
    record Page(List<Replayed> messages, Optional<Offset> next) {

        public Page {
            messages = List.copyOf(messages);
        }
    }

    /**
     * A message that was missed; its offset is added as the last argument, as it was the first time. It is encoded
     * once:
     * where many come back at a time, give the same object to all of them.
     */
    final class Replayed {
        private final Offset offset;
        private final String event;
        private final List<?> args;
        private volatile @Nullable Encoded encoded;

        private record Encoded(String namespace, EncodedMessage message) {}

        /**
         * A message.
         *
         * @param args
         *            become JSON; do not change them afterwards
         */
        public Replayed(Offset offset, String event, List<?> args) {
            this.offset = offset;
            this.event = event;
            this.args = args;
        }

        /** Its offset. */
        public Offset offset() {
            return offset;
        }

        /** The event's name. */
        public String event() {
            return event;
        }

        /** The event's arguments, without the offset. */
        public List<?> args() {
            return args;
        }

        EncodedMessage encodedBy(PacketEncoder encoder, String namespace) {
            var known = encoded;
            if (known == null || !known.namespace.equals(namespace)) {
                known = new Encoded(namespace,
                        encoder.event(namespace, OptionalLong.empty(), event, args, Optional.of(offset)));
                encoded = known;
            }
            return known.message;
        }
    }

    /** A message that goes out: to some rooms (or everybody, if none is named) except others. */
    record Message(String namespace, Set<String> rooms, Set<String> except, String event, List<?> args) {}
}
