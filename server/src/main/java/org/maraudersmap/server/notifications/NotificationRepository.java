package org.maraudersmap.server.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.server.backbone.OutboxEventRecorder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code notifications}. Whoever writes holds the lock of the owner's row in {@code users}. */
@Repository
class NotificationRepository {
    private static final String SELECT = """
            select number, id, type, message, link, created_at, is_read, read_at from notifications \
            where user_id = ? and dismissed_at is null""";

    private final JdbcClient jdbc;
    private final OutboxEventRecorder recorder;

    NotificationRepository(JdbcClient jdbc, OutboxEventRecorder recorder) {
        this.jdbc = jdbc;
        this.recorder = recorder;
    }

    /**
     * A row.
     *
     * @param number
     *            its place in the order in which all were made
     */
    record Row(long number, Notification notification) {}

    /** One statement for all of them; gives the ids of the new ones by their notices, the others were there. */
    Map<Notice, UUID> insertNotificationsUnlessThere(List<Notice> notices, Instant createdAt) {
        record Cause(UUID eventId, UUID userId, String type) {}
        var noticesByCause = notices.stream()
                .collect(
                        Collectors.toMap(
                                notice -> new Cause(notice.eventId(), notice.userId(), notice.type().text()),
                                Function.identity(),
                                (first, _) -> first));
        record Created(Cause cause, UUID id) {}
        return jdbc.sql("""
                insert into notifications (event_id, user_id, type, message, link, created_at)
                select event_id, user_id, type, message, link, ?
                from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[])
                    with ordinality as notice (event_id, user_id, type, message, link, place)
                order by place
                on conflict (event_id, user_id, type) do nothing
                returning event_id, user_id, type, id""")
                .param(createdAt.atOffset(ZoneOffset.UTC))
                .param(notices.stream().map(Notice::eventId).toArray(UUID[]::new))
                .param(notices.stream().map(Notice::userId).toArray(UUID[]::new))
                .param(notices.stream().map(notice -> notice.type().text()).toArray(String[]::new))
                .param(notices.stream().map(Notice::message).toArray(String[]::new))
                .param(notices.stream().map(Notice::link).toArray(String[]::new))
                .query((row, _) -> new Created(
                        new Cause(
                                row.getObject("event_id", UUID.class),
                                row.getObject("user_id", UUID.class),
                                row.getString("type")),
                        row.getObject("id", UUID.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(created -> noticesByCause.get(created.cause()), Created::id));
    }

    Optional<Notification> findNotificationOfUser(UUID id, UUID userId) {
        return jdbc.sql(SELECT + " and id = ?")
                .param(userId)
                .param(id)
                .query(NotificationRepository::read)
                .optional()
                .map(Row::notification);
    }

    /** Newest first, from the one below {@code cursor} on. */
    List<Row> listNotificationsBelowCursor(UUID userId, boolean onlyUnread, Optional<Long> cursor, int limit) {
        return jdbc.sql(
                SELECT + (onlyUnread ? " and not is_read" : "") + " and number < ? order by number desc limit ?")
                .param(userId)
                .param(cursor.orElse(Long.MAX_VALUE))
                .param(limit)
                .query(NotificationRepository::read)
                .list();
    }

    long countUnreadNotificationsOfUser(UUID userId) {
        return jdbc
                .sql("select count(*) from notifications where user_id = ? and not is_read and dismissed_at is null")
                .param(userId)
                .query((row, _) -> row.getLong(1))
                .single();
    }

    void markNotificationReadWithEvent(UUID id, Instant readAt, NewEvent event) {
        recorder.recordEventWithStatement(
                event,
                "update notifications set is_read = true, read_at = ? where id = ?",
                readAt.atOffset(ZoneOffset.UTC),
                id);
    }

    /** The ids of those that were not read yet, oldest first. */
    List<UUID> markAllNotificationsRead(UUID userId, Instant readAt) {
        return jdbc.sql("""
                with marked as (
                    update notifications set is_read = true, read_at = ?
                    where user_id = ? and not is_read and dismissed_at is null
                    returning id, number)
                select id from marked order by number""")
                .param(readAt.atOffset(ZoneOffset.UTC))
                .param(userId)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    void dismissNotificationWithEvent(UUID id, Instant dismissedAt, NewEvent event) {
        recorder.recordEventWithStatement(
                event,
                "update notifications set dismissed_at = ? where id = ?",
                dismissedAt.atOffset(ZoneOffset.UTC),
                id);
    }

    /** Whoever has a notification of a mention that is to go. */
    List<UUID> findOwnersOfMentionsWithLinks(Collection<String> links) {
        return jdbc.sql("""
                select distinct user_id from notifications
                where type = 'mention' and dismissed_at is null and link = any(?)""")
                .param(links.toArray(String[]::new))
                .query((row, _) -> row.getObject("user_id", UUID.class))
                .list();
    }

    /** A mention that is gone. */
    record Mention(UUID id, UUID userId, String link) {}

    /** Gives those that were not gone yet, oldest first. */
    List<Mention> dismissMentionsWithLinks(Collection<String> links, Instant dismissedAt) {
        return jdbc.sql("""
                with dismissed as (
                    update notifications set dismissed_at = ?
                    where type = 'mention' and dismissed_at is null and link = any(?)
                    returning id, user_id, link, number)
                select id, user_id, link from dismissed order by number""")
                .param(dismissedAt.atOffset(ZoneOffset.UTC))
                .param(links.toArray(String[]::new))
                .query((row, _) -> new Mention(
                        row.getObject("id", UUID.class), row.getObject("user_id", UUID.class), row.getString("link")))
                .list();
    }

    private static Row read(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("number"),
                new Notification(
                        row.getObject("id", UUID.class),
                        NotificationType.of(row.getString("type")),
                        row.getString("message"),
                        row.getString("link"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("is_read"),
                        Optional.ofNullable(row.getObject("read_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(null)));
    }
}
