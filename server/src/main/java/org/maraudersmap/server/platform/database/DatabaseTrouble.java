package org.maraudersmap.server.platform.database;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/** What can be wrong with the database that is no fault of whoever asks it: each is worth another attempt. */
public enum DatabaseTrouble {
    UNREACHABLE("cannot be reached"),
    SILENT("does not answer"),
    STARTING_OR_STOPPING("is starting or stopping"),
    NO_SPACE("has no space left on its disk"),
    NO_CONNECTION_FREE("is busy: all connections to it are in use"),
    LOCKED("keeps something locked for longer than is waited for"),
    SLOW("takes longer for a statement than is waited for"),
    READ_ONLY("takes no writes"),
    BROKEN("lacks something that it needs");

    private static final int MOST_CAUSES = 50;

    private final String words;

    DatabaseTrouble(String words) {
        this.words = words;
    }

    /** To be read after "the database". */
    public String words() {
        return words;
    }

    /** Whether nothing at all can be asked of the database. */
    boolean isOutage() {
        return this == UNREACHABLE || this == SILENT || this == STARTING_OR_STOPPING;
    }

    /** What a failure says of the database; nothing if it says nothing, or is about the statement that was sent. */
    public static Optional<DatabaseTrouble> of(Throwable failure) {
        var trouble = Optional.<DatabaseTrouble>empty();
        var isOfDatabase = false;
        var cause = failureBehind(failure);
        for (var depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            isOfDatabase |= cause instanceof SQLException;
            // The innermost one knows best.
            var said = isOfDatabase ? ofOne(cause) : Optional.<DatabaseTrouble>empty();
            trouble = said.isPresent() ? said : trouble;
            cause = cause.getCause();
        }
        return trouble;
    }

    /** What cut a transaction that could not even be rolled back: its connection, closed by then, tells nothing. */
    private static @Nullable Throwable failureBehind(Throwable failure) {
        return failure instanceof TransactionSystemException cut && cut.getApplicationException() != null
                ? cut.getApplicationException()
                : failure;
    }

    private static Optional<DatabaseTrouble> ofOne(Throwable cause) {
        return switch (cause) {
            case DatabaseTroubles.AwayException away -> Optional.of(away.trouble());
            case SocketTimeoutException _ -> Optional.of(SILENT);
            case IOException _ -> Optional.of(UNREACHABLE);
            case SQLException refusal when refusal.getSQLState() != null -> ofState(refusal.getSQLState());
            case SQLTransientConnectionException _ -> Optional.of(NO_CONNECTION_FREE);
            default -> Optional.empty();
        };
    }

    /** As appendix A of PostgreSQL's manual lists them. */
    private static Optional<DatabaseTrouble> ofState(@Nullable String state) {
        return switch (state) {
            case "53100" -> Optional.of(NO_SPACE);
            case "53300" -> Optional.of(NO_CONNECTION_FREE);
            case "55P03" -> Optional.of(LOCKED);
            case "57014" -> Optional.of(SLOW);
            case "25006" -> Optional.of(READ_ONLY);
            case String text when text.startsWith("08") -> Optional.of(UNREACHABLE);
            case String text when text.startsWith("57") -> Optional.of(STARTING_OR_STOPPING);
            case String text when text.startsWith("53") || text.startsWith("58") -> Optional.of(BROKEN);
            case null, default -> Optional.empty();
        };
    }
}
