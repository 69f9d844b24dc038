package org.maraudersmap.server.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.presence.PresencePicture.Counts;
import org.maraudersmap.server.presence.PresencePicture.Transition;
import org.maraudersmap.server.realtime.Audience;

/**
 * What this node's clients are told of presence, and how often. When a great many come and go, telling each of it to
 * everybody would cost the square of their number: then they get the counts only, which say that what they know is
 * stale. One thread uses it.
 */
final class PresenceTeller {
    /** Most users a second who are told one by one. */
    private static final int MOST_USERS = 50;
    private static final long RATE_WINDOW = Duration.ofSeconds(1).toNanos();
    private static final long BETWEEN_COUNTS = Duration.ofMillis(500).toNanos();

    private final ToClients clients;
    private final ArrayDeque<Movement> movements = new ArrayDeque<>();
    private final Map<UUID, Integer> movementsByUser = new HashMap<>();
    private Optional<CountsMessage> lastCounts = Optional.empty();
    /** Newcomers have been told other counts since; so even those are news that everyone was told last. */
    private boolean someWereToldOthers;
    private long countsAt;

    PresenceTeller(ToClients clients) {
        this.clients = clients;
    }

    /** Where it tells. */
    interface ToClients {
        void tell(Audience audience, List<Audience.Room> except, String event, Object payload);
    }

    /** That somebody has come or gone. */
    private record Movement(UUID userId, long at) {}

    /** {@code presence:join}, {@code presence:leave}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TransitionMessage(UUID userId, UserSnapshot user, @Nullable String room) {}

    /** {@code presence:counts}. */
    record CountsMessage(int total, Map<Role, Integer> byRole, boolean stale) {}

    /**
     * Tells what has changed.
     *
     * @param newcomers
     *            sockets that have just connected; they get the counts at once
     * @param now
     *            as {@link System#nanoTime()}
     * @return after how many nanoseconds there may be more to tell, though nothing changes
     */
    Optional<Long> tell(List<Transition> transitions, Counts counts, Collection<String> newcomers, long now) {
        forgetMovementsBefore(now - RATE_WINDOW);
        for (var transition : transitions) {
            movements.add(new Movement(transition.user().id(), now));
            movementsByUser.merge(transition.user().id(), 1, Integer::sum);
        }
        var isStale = movementsByUser.size() > MOST_USERS;
        if (!isStale) {
            transitions.forEach(this::tellTransition);
        }
        var message = new CountsMessage(counts.total(), counts.byRole(), isStale);
        var isDue = lastCounts.isEmpty() || now - countsAt >= BETWEEN_COUNTS;
        var isNew = someWereToldOthers || !lastCounts.equals(Optional.of(message));
        if (isNew && isDue) {
            clients.tell(new Audience.Everyone(), List.of(), "presence:counts", message);
            lastCounts = Optional.of(message);
            someWereToldOthers = false;
            countsAt = now;
        } else {
            newcomers.forEach(socket -> clients.tell(
                    Audience.client(socket), List.of(), "presence:counts", message));
            someWereToldOthers |= isNew && !newcomers.isEmpty();
        }
        if (isNew && !isDue) {
            return Optional.of(BETWEEN_COUNTS - (now - countsAt));
        }
        return isStale ? Optional.of(BETWEEN_COUNTS) : Optional.empty();
    }

    private void tellTransition(Transition transition) {
        var event = transition.isThere() ? "presence:join" : "presence:leave";
        var audience = transition.room().<Audience>map(Audience.Room::new).orElseGet(Audience.Everyone::new);
        var user = transition.user();
        clients.tell(
                audience,
                List.of(Audience.user(user.id())),
                event,
                new TransitionMessage(user.id(), user, transition.room().orElse(null)));
    }

    private void forgetMovementsBefore(long time) {
        for (var oldest = movements.peek(); oldest != null && oldest.at - time < 0; oldest = movements.peek()) {
            movements.remove();
            movementsByUser.computeIfPresent(oldest.userId, (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
