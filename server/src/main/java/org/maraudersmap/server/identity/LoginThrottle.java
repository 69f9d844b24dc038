package org.maraudersmap.server.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maraudersmap.server.platform.ClientAddress;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Counts wrong passwords in any quarter of an hour: so many per mail and address, ten times as many per address, a
 * hundred times as many per mail. From an address from which the user has logged in before only the first of these
 * counts, and nothing that is tried there counts for the others: so nobody locks a user out of their own place.
 *
 * <p>
 * To be asked before a password is checked, to save the work, and again after, whether it was right or wrong: who sends
 * many guesses at once learns nothing of those beyond the limit. Counted on each node by itself.
 */
@Component
class LoginThrottle {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int ADDRESS_FACTOR = 10;
    private static final int MAIL_FACTOR = 100;
    /** Every failure costs a hash, so no attacker gets this far in a quarter of an hour. */
    private static final int MOST_KEYS = 100_000;

    private final Clock clock;
    private final int mostFailures;
    private final int mostKeys;
    /** The last failures of each key; the key that failed longest ago comes first. */
    private final Map<Key, Deque<Instant>> failures = new LinkedHashMap<>();

    @Autowired
    LoginThrottle(Clock clock, Settings settings) {
        this(clock, settings.number(Setting.MAX_LOGIN_FAILURES), MOST_KEYS);
    }

    LoginThrottle(Clock clock, int mostFailures, int mostKeys) {
        this.clock = clock;
        this.mostFailures = mostFailures;
        this.mostKeys = mostKeys;
    }

    /**
     * Somebody who says who they are.
     *
     * @param isAtHome
     *            whether the user with this mail has logged in from this address before
     */
    record Attempt(String email, ClientAddress address, boolean isAtHome) {}

    private sealed interface Key {
        /** What counts, as a multiple of the setting. */
        int factor();

        /** For whoever is refused. */
        String where();

        record MailAndNetwork(String mail, String network) implements Key {
            @Override
            public int factor() {
                return 1;
            }

            @Override
            public String where() {
                return "for this mail from this address";
            }
        }

        record Network(String network) implements Key {
            @Override
            public int factor() {
                return ADDRESS_FACTOR;
            }

            @Override
            public String where() {
                return "from this address";
            }
        }

        record Mail(String mail) implements Key {
            @Override
            public int factor() {
                return MAIL_FACTOR;
            }

            @Override
            public String where() {
                return "for this mail";
            }
        }
    }

    private static List<Key> keysOf(Attempt attempt) {
        var mail = UserRepository.lowerCaseOfEmailAddress(attempt.email());
        var network = attempt.address().network();
        var own = new Key.MailAndNetwork(mail, network);
        return attempt.isAtHome() ? List.of(own) : List.of(own, new Key.Network(network), new Key.Mail(mail));
    }

    /**
     * Lets an attempt go on or not.
     *
     * @throws Problem
     *             {@code RATE_LIMITED} with the time until the next attempt
     */
    synchronized void refuseAttemptAfterFailures(Attempt attempt) {
        var now = clock.instant();
        keysOf(attempt).forEach(key -> refuse(key, now));
    }

    /**
     * Counts a wrong password.
     *
     * @throws Problem
     *             {@code RATE_LIMITED} if there were too many already
     */
    synchronized void countFailureOfAttempt(Attempt attempt) {
        refuseAttemptAfterFailures(attempt);
        var now = clock.instant();
        keysOf(attempt).forEach(key -> count(key, now));
        dropOldKeys(now);
    }

    synchronized int countKeysInMemory() {
        return failures.size();
    }

    private void refuse(Key key, Instant now) {
        var times = failures.get(key);
        if (times == null) {
            return;
        }
        while (!times.isEmpty() && !isRecent(times.getFirst(), now)) {
            times.removeFirst();
        }
        if (times.size() >= (long) mostFailures * key.factor()) {
            throw Problem.rateLimited(
                    "Too many wrong passwords " + key.where() + "; try again later.",
                    Duration.between(now, times.getFirst().plus(WINDOW)));
        }
    }

    private void count(Key key, Instant now) {
        // Taken out and put in again, so that it is the last one.
        var times = Optional.ofNullable(failures.remove(key)).orElseGet(ArrayDeque::new);
        times.addLast(now);
        failures.put(key, times);
    }

    private void dropOldKeys(Instant now) {
        var oldestFirst = failures.values().iterator();
        while (oldestFirst.hasNext()) {
            var last = oldestFirst.next().peekLast();
            if (failures.size() <= mostKeys && last != null && isRecent(last, now)) {
                return;
            }
            oldestFirst.remove();
        }
    }

    private static boolean isRecent(Instant failure, Instant now) {
        return failure.plus(WINDOW).isAfter(now);
    }
}
