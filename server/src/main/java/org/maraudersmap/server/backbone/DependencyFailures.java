package org.maraudersmap.server.backbone;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Tells a failure of what a consumer needs (the database) from one of the event in its hand: the first passes, whatever
 * the event, so nothing is parked for it.
 */
final class DependencyFailures {
    private static final List<Class<? extends Exception>> KINDS = List.of(
            CannotCreateTransactionException.class,
            DataAccessResourceFailureException.class,
            RecoverableDataAccessException.class,
            PessimisticLockingFailureException.class,
            SQLTransientConnectionException.class,
            SQLRecoverableException.class);
    /**
     * SQLSTATE: connection, transaction rolled back (deadlock), insufficient resources, system error; and of the class
     * "operator intervention" a shutdown, but no cancelled statement, which may well be the event's fault.
     */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "58");
    private static final Set<String> STATES = Set.of("57P01", "57P02", "57P03", "25006", "55P03");

    private DependencyFailures() {}

    static boolean isFailureOfDependency(RuntimeException failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(50)
                .anyMatch(DependencyFailures::saysThatDependencyIsDown);
    }

    private static boolean saysThatDependencyIsDown(Throwable cause) {
        return KINDS.stream().anyMatch(kind -> kind.isInstance(cause))
                // Not even the rollback went through: the connection is gone, whatever the rollback says of it.
                || (cause instanceof TransactionSystemException lost && lost.getApplicationException() != null)
                || (cause instanceof SQLException failure && isStateOfDependency(failure.getSQLState()));
    }

    private static boolean isStateOfDependency(@Nullable String state) {
        return state != null
                && state.length() == 5
                && (CLASSES.contains(state.substring(0, 2)) || STATES.contains(state));
    }
}
