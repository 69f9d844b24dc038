package org.maraudersmap.server.backbone;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.PositionedEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code dead_letters}. Whoever parks or takes out holds the lock of the consumer's position, so that no
 * event passes another one of its key.
 */
@Repository
class DeadLetters {
    private static final int LONGEST_ERROR = 2_000;
    private static final String SELECT = """
            select d.id, d.consumer, d.position, d.topic, d.key, l.envelope, d.attempts, d.error, d.parked_at, \
            d.next_attempt_at from dead_letters d join event_log l using (position)""";

    private final JdbcClient jdbc;
    private final EventJson json;
    private final Clock clock;

    DeadLetters(JdbcClient jdbc, EventJson json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** Those of the events that must wait, by position: an earlier event of their key is parked. */
    Set<Long> findEventsBehindParkedOnes(String consumer, List<PositionedEvent> events) {
        return jdbc.sql("""
                select e.position from unnest(?::bigint[], ?::text[], ?::text[]) as e (position, topic, key)
                where exists (select from dead_letters d where d.consumer = ?
                    and d.topic = e.topic and d.key = e.key and d.position < e.position)""")
                .param(events.stream().map(PositionedEvent::position).toArray(Long[]::new))
                .param(events.stream().map(PositionedEvent::topic).toArray(String[]::new))
                .param(events.stream().map(PositionedEvent::key).toArray(String[]::new))
                .param(consumer)
                .query((row, _) -> row.getLong(1))
                .list()
                .stream()
                .collect(Collectors.toSet());
    }

    /** Parks events behind earlier ones of their keys. */
    void parkEventsBehindEarlierOnes(String consumer, List<PositionedEvent> events) {
        events.forEach(event -> insert(consumer, event, 0, null, null));
    }

    /** Parks an event that the consumer has just failed on. */
    void parkEventAfterFailure(String consumer, PositionedEvent event, RuntimeException failure) {
        insert(consumer, event, 1, describe(failure), nextAttemptAfter(1));
    }

    private void insert(
            String consumer,
            PositionedEvent event,
            int attempts,
            @Nullable String error,
            @Nullable OffsetDateTime nextAttempt) {
        jdbc.sql("""
                insert into dead_letters (consumer, position, topic, key, attempts, error, parked_at, next_attempt_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(consumer)
                .param(event.position())
                .param(event.topic())
                .param(event.key())
                .param(attempts)
                .param(error)
                .param(now())
                .param(nextAttempt)
                .update();
    }

    /** The parked event whose next attempt has been due longest. */
    Optional<DeadLetter> findLetterDueForRetry(String consumer) {
        return jdbc.sql(SELECT + " where d.consumer = ? and d.next_attempt_at <= ? order by d.next_attempt_at limit 1")
                .param(consumer)
                .param(now())
                .query(this::read)
                .optional();
    }

    /** Takes it out; false if another node has done so. The next one of its key is due now. */
    boolean takeLetterOutOfParking(DeadLetter letter) {
        if (jdbc.sql("delete from dead_letters where id = ?").param(letter.id()).update() == 0) {
            return false;
        }
        jdbc.sql("""
                update dead_letters set next_attempt_at = ? where id = (
                    select id from dead_letters where consumer = ? and topic = ? and key = ?
                    order by position limit 1)""")
                .param(now())
                .param(letter.consumer())
                .param(letter.event().topic())
                .param(letter.event().key())
                .update();
        return true;
    }

    /** Notes another failure of a letter, unless somebody has changed it meanwhile. */
    void noteFailedAttemptOfLetter(DeadLetter letter, RuntimeException failure) {
        var attempts = letter.attempts() + 1;
        jdbc.sql("update dead_letters set attempts = ?, error = ?, next_attempt_at = ? where id = ? and attempts = ?")
                .param(attempts)
                .param(describe(failure))
                .param(nextAttemptAfter(attempts))
                .param(letter.id())
                .param(letter.attempts())
                .update();
    }

    /**
     * Sends the letters of a key on their way again, of which this is one: the first one is due now, with all attempts
     * before it, and the others follow in their order. Gives the first one; empty if there is no such letter.
     */
    Optional<DeadLetter> redriveKeyOfLetter(long id) {
        return jdbc.sql("""
                update dead_letters set attempts = 0, next_attempt_at = ? where id = (
                    select f.id from dead_letters f join dead_letters d using (consumer, topic, key)
                    where d.id = ? order by f.position limit 1) returning id""")
                .param(now())
                .param(id)
                .query((row, _) -> row.getLong("id"))
                .optional()
                .flatMap(first -> jdbc.sql(SELECT + " where d.id = ?").param(first).query(this::read).optional());
    }

    void forgetLettersOfConsumer(String consumer) {
        jdbc.sql("delete from dead_letters where consumer = ?").param(consumer).update();
    }

    /** In the order in which they were parked, from the one behind {@code cursor} on. */
    List<DeadLetter> listLettersBehindCursor(long cursor, int limit) {
        return jdbc.sql(SELECT + " where d.id > ? order by d.id limit ?")
                .param(cursor)
                .param(limit)
                .query(this::read)
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private @Nullable OffsetDateTime nextAttemptAfter(int attempts) {
        return RetrySchedule.nextAttemptAfter(attempts, clock.instant())
                .map(time -> time.atOffset(ZoneOffset.UTC))
                .orElse(null);
    }

    /** As much as an ADMIN needs to know where to look; PostgreSQL takes no U+0000. */
    private static String describe(RuntimeException failure) {
        var text = failure.toString().replace("\0", "");
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR);
    }

    private DeadLetter read(ResultSet row, int number) throws SQLException {
        return new DeadLetter(
                row.getLong("id"),
                row.getString("consumer"),
                PositionedEvent.of(
                        row.getLong("position"),
                        row.getString("topic"),
                        row.getString("key"),
                        row.getString("envelope"),
                        json),
                row.getInt("attempts"),
                row.getString("error"),
                row.getObject("parked_at", OffsetDateTime.class).toInstant(),
                instantIfAny(row.getObject("next_attempt_at", OffsetDateTime.class)));
    }

    private static @Nullable Instant instantIfAny(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
