package org.maraudersmap.server.platform.web;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What a caller is told when PostgreSQL can be asked and has refused a statement: by SQLSTATE, as appendix A of its
 * manual lists them.
 */
final class DatabaseRefusals {
    private static final Logger log = LoggerFactory.getLogger(DatabaseRefusals.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private DatabaseRefusals() {}

    /** Nothing if the statement was our own mistake. */
    static Optional<Problem> describe(DataAccessException failure) {
        return switch (stateOf(failure)) {
            case "40001", "40P01" -> Optional.of(
                    Problem.unavailable("Somebody else changed this at the same time; try again.", SOON));
            case String state when state.startsWith("22") -> {
                log.warn("the database cannot keep what was sent, which no check had noticed", failure);
                yield Optional.of(
                        Problem.of(ProblemCode.VALIDATION_FAILED, "Something in this request cannot be kept."));
            }
            default -> Optional.empty();
        };
    }

    private static String stateOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal && refusal.getSQLState() != null) {
                return refusal.getSQLState();
            }
        }
        return "";
    }
}
