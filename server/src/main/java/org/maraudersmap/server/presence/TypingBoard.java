package org.maraudersmap.server.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.maraudersmap.eventlog.UserSnapshot;

/**
 * Who is typing on this node, and until when: a user in an incident's room, through any of his sockets. Times are in
 * nanoseconds, as {@link System#nanoTime()}. Not thread-safe.
 */
final class TypingBoard {
    private final long timeout;
    private final long betweenReminders;
    private final Map<String, Typing> typingBySocket = new HashMap<>();

    private static final class Typing {
        private final Typist typist;
        private final long until;
        private long toldAt;

        Typing(Typist typist, long until, long toldAt) {
            this.typist = typist;
            this.until = until;
            this.toldAt = toldAt;
        }
    }

    /** A user who types under an incident. */
    record Typist(UserSnapshot user, String incidentId) {

        boolean is(UUID userId, String incident) {
            return user.id().equals(userId) && incidentId.equals(incident);
        }
    }

    TypingBoard(Duration timeout) {
        this.timeout = timeout.toNanos();
        this.betweenReminders = timeout.toNanos() / 2;
    }

    /**
     * A socket says that its user types.
     *
     * @return whether others are to be told: when it begins, and then now and again for those who have come since
     */
    boolean begin(String socketId, Typist typist, long now) {
        var others = typingBySocket.values().stream().filter(typing -> typing.typist.equals(typist)).toList();
        var isToBeTold = others.stream().noneMatch(typing -> now - typing.toldAt < betweenReminders);
        var toldAt = isToBeTold ? now : others.getFirst().toldAt;
        others.forEach(typing -> typing.toldAt = toldAt);
        typingBySocket.put(socketId, new Typing(typist, now + timeout, toldAt));
        return isToBeTold;
    }

    /** A socket says that its user has stopped, or is gone: the typist, if he types through no other one. */
    Optional<Typist> end(String socketId) {
        return endWhere(typing -> typing.equals(typingBySocket.get(socketId))).stream().findFirst();
    }

    /** A user has done what he typed for. */
    Optional<Typist> end(UUID userId, String incidentId) {
        return endWhere(typing -> typing.typist.is(userId, incidentId)).stream().findFirst();
    }

    /** Those who have said nothing for too long. */
    List<Typist> endOverdue(long now) {
        return endWhere(typing -> typing.until - now <= 0);
    }

    boolean isEmpty() {
        return typingBySocket.isEmpty();
    }

    private List<Typist> endWhere(Predicate<Typing> condition) {
        var ended = new ArrayList<Typist>();
        typingBySocket.values().removeIf(typing -> condition.test(typing) && ended.add(typing.typist));
        return ended.stream()
                .distinct()
                .filter(typist -> typingBySocket.values().stream().noneMatch(left -> left.typist.equals(typist)))
                .toList();
    }
}
