package org.maraudersmap.server.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Who is typing, and until when: a user in an incident's room, through any of his sockets on this node, or through
 * another node. Times are in nanoseconds, as {@link System#nanoTime()}. Not thread-safe.
 */
final class TypingBoard {
    private final long betweenReminders;
    private final Map<String, Typing> typingBySource = new HashMap<>();

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
    record Typist(UUID userId, String userName, String incidentId) {

        boolean is(UUID user, String incident) {
            return userId.equals(user) && incidentId.equals(incident);
        }
    }

    TypingBoard(Duration timeout) {
        this.betweenReminders = timeout.toNanos() / 2;
    }

    /**
     * A source, be it a socket or another node, says that a user types.
     *
     * @return whether others are to be told: when it begins, and then now and again for those who have come since
     */
    boolean begin(String source, Typist typist, long now, long until) {
        var others = typingBySource.values().stream().filter(typing -> typing.typist.equals(typist)).toList();
        var isToBeTold = others.stream().noneMatch(typing -> now - typing.toldAt < betweenReminders);
        var toldAt = isToBeTold ? now : others.getFirst().toldAt;
        others.forEach(typing -> typing.toldAt = toldAt);
        typingBySource.put(source, new Typing(typist, until, toldAt));
        return isToBeTold;
    }

    /** A source says that its user has stopped, or is gone: the typist, if he types through no other one. */
    Optional<Typist> end(String source) {
        return endWhere(typing -> typing.equals(typingBySource.get(source))).stream().findFirst();
    }

    /** A user has done what he typed for. */
    Optional<Typist> end(UUID userId, String incidentId) {
        return endWhere(typing -> typing.typist.is(userId, incidentId)).stream().findFirst();
    }

    /** Those who have said nothing for too long. */
    List<Typist> endOverdue(long now) {
        return endWhere(typing -> typing.until - now <= 0);
    }

    /** After how many nanoseconds the first of them has said nothing for too long. */
    OptionalLong nanosUntilFirstIsOverdue(long now) {
        return typingBySource.values().stream().mapToLong(typing -> typing.until - now).min();
    }

    boolean isEmpty() {
        return typingBySource.isEmpty();
    }

    private List<Typist> endWhere(Predicate<Typing> condition) {
        var ended = new ArrayList<Typist>();
        typingBySource.values().removeIf(typing -> condition.test(typing) && ended.add(typing.typist));
        return ended.stream()
                .distinct()
                .filter(typist -> typingBySource.values().stream().noneMatch(left -> left.typist.equals(typist)))
                .toList();
    }
}
