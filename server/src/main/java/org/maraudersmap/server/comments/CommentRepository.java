package org.maraudersmap.server.comments;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.server.backbone.OutboxEventRecorder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code incident_comments}. A row and the event about it are written, or removed, by one statement. */
@Repository
class CommentRepository {
    private static final String INSERT = "insert into incident_comments (id, incident_id, author_id, content, created_at) values (?, ?, ?, ?, ?)";

    private final JdbcClient jdbc;
    private final OutboxEventRecorder recorder;

    CommentRepository(JdbcClient jdbc, OutboxEventRecorder recorder) {
        this.jdbc = jdbc;
        this.recorder = recorder;
    }

    /** A comment whose author is not looked up yet. */
    record Row(long id, UUID authorId, String content, Instant createdAt) {}

    /** The caller holds the incident's lock. */
    long takeNextCommentId() {
        return jdbc.sql("select nextval('comment_ids')").query((row, _) -> row.getLong(1)).single();
    }

    /** The caller holds the incident's lock. */
    void insertCommentWithEvent(Comment comment, NewEvent event) {
        recorder.recordEventWithStatement(
                event,
                INSERT,
                comment.id(),
                comment.incidentId(),
                comment.author().id(),
                comment.content(),
                comment.createdAt().atOffset(ZoneOffset.UTC));
    }

    /** The caller holds the incident's lock, and knows that the comment is there. */
    void deleteCommentWithEvent(long id, NewEvent event) {
        recorder.recordEventWithStatement(event, "delete from incident_comments where id = ?", id);
    }

    Optional<UUID> findAuthorOfComment(long incidentId, long id) {
        return jdbc.sql("select author_id from incident_comments where incident_id = ? and id = ?")
                .param(incidentId)
                .param(id)
                .query((row, _) -> row.getObject("author_id", UUID.class))
                .optional();
    }

    /** Oldest first, from the one after {@code cursor} on. */
    List<Row> listCommentsAfterCursor(long incidentId, Optional<Long> cursor, int limit) {
        return jdbc.sql("""
                select id, author_id, content, created_at from incident_comments
                where incident_id = ? and id > ? order by id limit ?""")
                .param(incidentId)
                .param(cursor.orElse(0L))
                .param(limit)
                .query((row, _) -> new Row(
                        row.getLong("id"),
                        row.getObject("author_id", UUID.class),
                        row.getString("content"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
