package org.maraudersmap.server.platform.database;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.work.KnownTroubles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * The one place that hears of every failure of the database, whoever notices it, and says so in the log: once for each
 * kind of {@link DatabaseTrouble}, then once a minute while there is more of it. Thread-safe.
 */
final class DatabaseTroubles implements KnownTroubles {
    private static final Logger log = LoggerFactory.getLogger(DatabaseTroubles.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final Map<DatabaseTrouble, Line> lines = new EnumMap<>(DatabaseTrouble.class);
    private volatile @Nullable Outage outage;
    private volatile boolean spaceIsLacking;
    private volatile long lastSlowAt = System.nanoTime() - Duration.ofHours(1).toNanos();

    private static final class Line {
        private long writtenAt;
        private long since;
    }

    /**
     * Nothing can be asked of the database.
     *
     * @param since
     *            when that was noticed, by {@link System#nanoTime()}
     */
    record Outage(DatabaseTrouble trouble, long since) {}

    DatabaseTroubles() {}

    @Override
    public boolean noteFailureIfKnown(Throwable failure) {
        var trouble = DatabaseTrouble.of(failure);
        trouble.ifPresent(known -> noteTrouble(known, rootOf(failure)));
        return trouble.isPresent();
    }

    private void noteTrouble(DatabaseTrouble trouble, Throwable root) {
        switch (trouble) {
            case NO_SPACE -> spaceIsLacking = true;
            case SLOW -> lastSlowAt = System.nanoTime();
            default -> {
                // Nothing is remembered of it.
            }
        }
        if (root instanceof AwayException) {
            return;
        }
        synchronized (lines) {
            var now = System.nanoTime();
            var line = lines.get(trouble);
            if (line == null) {
                line = new Line();
                lines.put(trouble, line);
            } else if (now - line.writtenAt < BETWEEN_LINES.toNanos()) {
                line.since++;
                return;
            }
            log.warn("the database {}: {}{}", trouble.words(), root.getMessage(),
                    line.since == 0 ? "" : " (and " + line.since + " times since this was last said)");
            line.writtenAt = now;
            line.since = 0;
        }
    }

    private static Throwable rootOf(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure);
    }

    /** Nothing can be asked any more, so nobody need try until it answers. */
    void noteOutage(DatabaseTrouble trouble, Throwable failure) {
        noteTrouble(trouble, rootOf(failure));
        var before = outage;
        outage = new Outage(trouble, before == null ? System.nanoTime() : before.since());
    }

    void noteAnswer() {
        var before = outage;
        if (before != null) {
            outage = null;
            synchronized (lines) {
                lines.clear();
            }
            log.info("the database answers again, after {} s",
                    Duration.ofNanos(System.nanoTime() - before.since()).toSeconds());
        }
    }

    void noteSpace() {
        spaceIsLacking = false;
    }

    Optional<Outage> outage() {
        return Optional.ofNullable(outage);
    }

    /** Whether a write has failed for want of space, and none of that size has gone through since. */
    boolean isSpaceLacking() {
        return spaceIsLacking;
    }

    boolean wasSlowWithin(Duration time) {
        return System.nanoTime() - lastSlowAt < time.toNanos();
    }

    /** For whoever is about to ask for a connection: told at once instead of after a wait in vain. */
    void refuseDuringOutage() throws AwayException {
        var now = outage;
        if (now != null) {
            throw new AwayException(now.trouble());
        }
    }

    /** The database is known to be away. */
    static final class AwayException extends SQLTransientConnectionException {
        private static final long serialVersionUID = 1L;

        private final DatabaseTrouble trouble;

        AwayException(DatabaseTrouble trouble) {
            super("the database " + trouble.words(), "08001");
            this.trouble = trouble;
        }

        DatabaseTrouble trouble() {
            return trouble;
        }
    }
}
