package org.maraudersmap.server.comments;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.identity.UserDirectory;
import org.maraudersmap.server.incidents.IncidentDirectory;
import org.maraudersmap.server.incidents.IncidentRef;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.IdempotentCommands;
import org.maraudersmap.server.platform.PageRequest;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.database.RowTurns;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The commands for comments. Each locks the incident first, so that its events, comments included, are recorded in the
 * order in which they happened.
 */
@Service
class CommentService {
    /** Each is told. */
    private static final int MOST_MENTIONS = 50;

    private final CommentRepository repository;
    private final CommentEvents events;
    private final IncidentDirectory incidents;
    private final UserDirectory users;
    private final IdempotentCommands commands;
    private final RowTurns turns;
    private final TransactionTemplate transactions;
    private final Clock clock;

    CommentService(
            CommentRepository repository,
            CommentEvents events,
            IncidentDirectory incidents,
            UserDirectory users,
            IdempotentCommands commands,
            RowTurns turns,
            TransactionTemplate transactions,
            Clock clock) {
        this.repository = repository;
        this.events = events;
        this.incidents = incidents;
        this.users = users;
        this.commands = commands;
        this.turns = turns;
        this.transactions = transactions;
        this.clock = clock;
    }

    Comment postCommentOnIncident(long incidentId, String content, Actor actor, Optional<String> idempotencyKey) {
        return turns.workWhenItsTurn(
                new IncidentRef(incidentId),
                () -> commands.runCommandOncePerKey(
                        idempotencyKey,
                        actor.userId(),
                        "/api/incidents/" + incidentId + "/comments",
                        content,
                        Comment.class,
                        () -> postWithEvent(incidentId, content, actor.user())));
    }

    private Comment postWithEvent(long incidentId, String content, UserSnapshot author) {
        // Before the incident is locked: others need not wait for it.
        var mentions = findMentionedUsers(content);
        return transactions.execute(_ -> {
            var incident = incidents.lockIncidentUnlessArchived(incidentId);
            var comment = new Comment(
                    repository.takeNextCommentId(), incidentId, content, author, clock.instant());
            repository.insertCommentWithEvent(comment, events.describePostOfComment(incident, comment, mentions));
            return comment;
        });
    }

    /** Only those who exist, each once, in the order of the text. */
    private List<UUID> findMentionedUsers(String content) {
        var mentions = Mentions.findMentionsIn(content);
        if (mentions.size() > MOST_MENTIONS) {
            throw Problem.invalidField(
                    "content", "may mention at most " + MOST_MENTIONS + " people, not " + mentions.size());
        }
        var found = users.findUserSnapshotsByHandles(
                mentions.stream().flatMap(mention -> mention.handles().stream()).collect(Collectors.toSet()));
        return mentions.stream()
                .flatMap(mention -> mention.handles()
                        .stream()
                        .flatMap(handle -> Optional.ofNullable(found.get(handle)).stream())
                        .limit(1))
                .map(UserSnapshot::id)
                .distinct()
                .toList();
    }

    void deleteCommentOfIncident(long incidentId, long id, Actor actor) {
        turns.workWhenItsTurn(new IncidentRef(incidentId), () -> {
            transactions.executeWithoutResult(_ -> deleteWithEvent(incidentId, id, actor));
            return true;
        });
    }

    private void deleteWithEvent(long incidentId, long id, Actor actor) {
        var incident = incidents.lockIncidentUnlessArchived(incidentId);
        var author = repository.findAuthorOfComment(incidentId, id)
                .orElseThrow(() -> Problem.notFound("comment", id));
        if (!actor.userId().equals(author) && !actor.role().isAtLeast(Role.AUROR)) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Only its author or an AUROR or above may delete this comment.");
        }
        repository.deleteCommentWithEvent(id, events.describeDeletionOfComment(incident, id, actor.user()));
    }

    CommentPage listCommentsOldestFirst(long incidentId, PageRequest request) {
        var read = repository.listCommentsAfterCursor(incidentId, request.lastSeen(), request.rowsToRead());
        if (read.isEmpty()) {
            incidents.requireIncidentThatExists(incidentId);
        }
        var page = request.cut(read, CommentRepository.Row::id);
        var comments = withAuthors(incidentId, page.rows());
        return new CommentPage(comments, comments.size(), page.nextCursor());
    }

    private List<Comment> withAuthors(long incidentId, Collection<CommentRepository.Row> rows) {
        var authors = users.findUserSnapshotsByIds(
                rows.stream().map(CommentRepository.Row::authorId).collect(Collectors.toSet()));
        return rows.stream()
                .map(row -> new Comment(
                        row.id(), incidentId, row.content(), Objects.requireNonNull(authors.get(row.authorId())),
                        row.createdAt()))
                .toList();
    }
}
