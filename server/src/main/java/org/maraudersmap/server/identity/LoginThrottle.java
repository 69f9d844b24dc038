package org.maraudersmap.server.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.maraudersmap.server.platform.ClientAddress;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Counts wrong passwords: so many per mail, ten times as many per address, in any quarter of an hour. To be asked
 * before a password is checked, to save the work, and again after, whether it was right or wrong: who sends many
 * guesses at once learns nothing of those beyond the limit. Counted on each node by itself.
 */
@Component
class LoginThrottle {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int ADDRESS_FACTOR = 10;
    /** Every failure costs a hash, so no attacker gets this far in a quarter of an hour. */
    private static final int MOST_KEYS = 100_000;

    private final Clock clock;
    private final int mostPerMail;
    private final int mostPerAddress;
    private final int mostKeys;
    /** The last failures of each key; the key that failed longest ago comes first. */
    private final Map<Key, Deque<Instant>> failures = new LinkedHashMap<>();

    @Autowired
    LoginThrottle(Clock clock, Settings settings) {
        this(clock, settings.number(Setting.MAX_LOGIN_FAILURES), MOST_KEYS);
    }

    LoginThrottle(Clock clock, int mostPerMail, int mostKeys) {
        this.clock = clock;
        this.mostPerMail = mostPerMail;
        this.mostPerAddress = Math.multiplyExact(mostPerMail, ADDRESS_FACTOR);
        this.mostKeys = mostKeys;
    }

    private sealed interface Key {
        record Mail(String mail) implements Key {}

        record Network(String network) implements Key {}
    }

    /**
     * Lets an attempt go on or not.
     *
     * @throws Problem
     *             {@code RATE_LIMITED} with the time until the next attempt
     */
    synchronized void refuseAttemptAfterFailures(String email, ClientAddress address) {
        var now = clock.instant();
        refuse(mailKey(email), mostPerMail, now, "for this mail");
        refuse(networkKey(address), mostPerAddress, now, "from this address");
    }

    /**
     * Counts a wrong password.
     *
     * @throws Problem
     *             {@code RATE_LIMITED} if there were too many already
     */
    synchronized void countFailureOfAttempt(String email, ClientAddress address) {
        refuseAttemptAfterFailures(email, address);
        var now = clock.instant();
        count(mailKey(email), now);
        count(networkKey(address), now);
        dropOldKeys(now);
    }

    synchronized int countKeysInMemory() {
        return failures.size();
    }

    private void refuse(Key key, int most, Instant now, String where) {
        var times = failures.get(key);
        if (times == null) {
            return;
        }
        while (!times.isEmpty() && !isRecent(times.getFirst(), now)) {
            times.removeFirst();
        }
        if (times.size() >= most) {
            throw Problem.rateLimited(
                    "Too many wrong passwords " + where + "; try again later.",
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

    private static Key mailKey(String email) {
        return new Key.Mail(UserRepository.lowerCaseOfEmailAddress(email));
    }

    private static Key networkKey(ClientAddress address) {
        return new Key.Network(address.network());
    }
}
