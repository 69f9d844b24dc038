package org.maraudersmap.socketio;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Recovery within one process, for a while and up to a number of messages and sessions; what is older is gone, and a
 * client that missed it starts anew. Every message gets an offset that is not volatile, wants no acknowledgement and
 * has none yet. Its arguments are kept as they are: do not change them afterwards.
 *
 * <p>
 * What a user may see now is not checked again, since nobody told how: a message is replayed if the session was in its
 * room then and is still.
 */
public final class InMemoryRecovery implements Recovery {
    private static final int PAGE = 100;

    private final Duration maxAge;
    private final int maxMessages;
    private final int maxSessions;
    private final Clock clock;
    private final String epoch = UUID.randomUUID().toString();
    // Guarded by this:
    private final Map<String, Log> logs = new HashMap<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /** A namespace's messages; positions begin at 1. */
    private static final class Log {
        private final ArrayDeque<Entry> entries = new ArrayDeque<>();
        private long last;
    }

    private record Entry(long position, Instant time, Message message) {}

    /**
     * Makes an empty one.
     *
     * @param maxAge
     *            how long messages and sessions are kept; as a rule the server's {@code recoveryWindow}
     * @param maxMessages
     *            how many messages are kept per namespace
     * @param maxSessions
     *            how many sessions are kept
     * @param clock
     *            tells the time
     */
    public InMemoryRecovery(Duration maxAge, int maxMessages, int maxSessions, Clock clock) {
        this.maxAge = maxAge;
        this.maxMessages = maxMessages;
        this.maxSessions = maxSessions;
        this.clock = clock;
    }

    /** Two minutes, 10 000 messages per namespace, 100 000 sessions. */
    public static InMemoryRecovery create() {
        return new InMemoryRecovery(Duration.ofMinutes(2), 10_000, 100_000, Clock.systemUTC());
    }

    @Override
    public synchronized Offset head(String namespace) {
        return Offset.of(epoch, log(namespace).last);
    }

    @Override
    public synchronized boolean save(Session session) {
        var kept = sessions.get(session.pid());
        if (kept != null && kept.generation() > session.generation()) {
            return false;
        }
        sessions.put(session.pid(), session);
        forgetOldSessions();
        return true;
    }

    @Override
    public synchronized Optional<Session> find(String namespace, String pid) {
        return Optional.ofNullable(sessions.get(pid)).filter(session -> session.namespace().equals(namespace));
    }

    @Override
    public synchronized void remove(Session session) {
        var kept = sessions.get(session.pid());
        if (kept != null && kept.generation() <= session.generation()) {
            sessions.remove(session.pid());
        }
    }

    @Override
    public synchronized boolean isComplete(Session session, Offset after, Offset upTo) {
        var log = log(session.namespace());
        trim(log);
        var first = log.entries.isEmpty() ? log.last + 1 : log.entries.getFirst().position;
        return after.position() + 1 >= first;
    }

    @Override
    public synchronized Page replay(Socket socket, Session session, Offset after, Offset upTo) {
        if (!isComplete(session, after, upTo)) {
            throw new IllegalStateException("Messages after %s were dropped while they were replayed".formatted(after));
        }
        var messages = new ArrayList<Replayed>();
        for (var entry : log(session.namespace()).entries) {
            if (entry.position > upTo.position()) {
                break;
            }
            var offset = Offset.of(epoch, entry.position, 0);
            if (entry.position > after.position() && concerns(entry.message, session, offset)) {
                messages.add(new Replayed(offset, entry.message.event(), entry.message.args()));
                if (messages.size() == PAGE) {
                    return new Page(messages, Optional.of(offset));
                }
            }
        }
        return new Page(messages, Optional.empty());
    }

    private static boolean concerns(Message message, Session session, Offset offset) {
        return (message.rooms().isEmpty() || message.rooms().stream().anyMatch(room -> isIn(room, session, offset)))
                && message.except().stream().noneMatch(room -> isIn(room, session, offset));
    }

    private static boolean isIn(String room, Session session, Offset offset) {
        var since = session.rooms().get(room);
        return room.equals(session.socketId()) || (since != null && offset.isAfter(since));
    }

    @Override
    public synchronized Optional<Offset> record(Message message) {
        var log = log(message.namespace());
        log.last++;
        log.entries.add(new Entry(log.last, clock.instant(), message));
        trim(log);
        return Optional.of(Offset.of(epoch, log.last, 0));
    }

    /** Also those of sockets that are still here: they save theirs again when they leave. */
    private void forgetOldSessions() {
        var oldest = clock.instant().minus(maxAge);
        var eldest = sessions.values().iterator();
        while (eldest.hasNext()) {
            var session = eldest.next();
            if (sessions.size() <= maxSessions && !session.lastSeen().isBefore(oldest)) {
                return;
            }
            eldest.remove();
        }
    }

    private Log log(String namespace) {
        return logs.computeIfAbsent(namespace, _ -> new Log());
    }

    private void trim(Log log) {
        var oldest = clock.instant().minus(maxAge);
        while (!log.entries.isEmpty()
                && (log.entries.size() > maxMessages || log.entries.getFirst().time.isBefore(oldest))) {
            log.entries.remove();
        }
    }
}
